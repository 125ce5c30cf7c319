package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;
import java.util.Arrays;

/// Gemma 3n (E2B, E4B): a Gemma 3 on one of several streams ([AlternatingUpdates]), with a low-rank layer beside attention,
/// an embedding of its own for each block, sparse hidden layers in the first blocks, and last blocks that attend to the
/// cache of an earlier one. Source: llama.cpp `llama_model_gemma3n`.
final class Gemma3n implements Architecture {
  private static final int PATTERN = 5;
  private static final float LOCAL_FREQ_BASE = 10_000;

  /// Blocks with keys and values of their own, where the file does not say how many share them.
  private static final int OWN_KEYS = 20;

  /// How many standard deviations above the mean the hidden layer of a sparse block begins: it leaves one in twenty.
  private static final float SPARSITY = 1.6448534f;

  private static final int SPARSE_BLOCKS = 10;

  @Override
  public String name() {
    return "gemma3n";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var globalRope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var localRope = RopeTables.of(localRope(hp), hp.headSize(), Pairing.HALVES);
    boolean[] windowed = hp.slidingWindowPattern(PATTERN);
    int ownKeys = ownKeys(hp);
    float[] sparsity = sparsity(hp);
    var keys = new Value[hp.blockCount()];
    var values = new Value[hp.blockCount()];
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.scale(g.embed(w.tokenEmbedding()), (float) Math.sqrt(hp.embeddingLength()));
    var perLayer = PerLayerEmbedding.require(g, x, hp, w);
    var altup = new AlternatingUpdates(g, hp, w);
    x = altup.split(x);
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var rope = windowed[i] ? localRope : globalRope;
      var predicted = altup.predict(x, b);
      var active = altup.active(predicted);
      var h = g.rmsNorm(active, b.attnNorm(), epsilon);
      var q = g.rope(g.rmsNorm(linear(g, h, b.attnQ()), b.attnQNorm(), epsilon), rope);
      int cache = i < ownKeys ? i : ownKeys - (windowed[i] ? 2 : 1);
      if (cache == i) {
        keys[i] = g.rope(g.rmsNorm(linear(g, h, b.attnK()), b.attnKNorm(), epsilon), rope);
        values[i] = g.rmsNorm(linear(g, h, b.attnV()), w.ones(hp.headSize()), epsilon);
      }
      var a = g.attention(q, keys[cache], values[cache], cache, attention(hp, windowed[i]));
      var y = g.rmsNorm(linear(g, a, b.attnOutput()), b.postAttentionNorm(), epsilon);
      y = g.add(g.add(y, active), laurel(g, h, b, hp));
      y = g.scale(y, (float) (1 / Math.sqrt(2)));
      var f = feedForward(g, g.rmsNorm(y, b.ffnNorm(), epsilon), b, sparsity[i]);
      y = g.add(y, g.rmsNorm(f, b.postFfwNorm(), epsilon));
      x = altup.correct(predicted, y, b);
      var correctScale = b.require("altup_correct_scale.weight", "scale", hp.embeddingLength());
      var first = g.scaleColumns(altup.active(x), correctScale);
      x = altup.addToOthers(x, perLayer.tell(g, first, b, i));
    }
    x = g.rmsNorm(g.selectOutputs(altup.merge(x)), w.outputNorm(), epsilon);
    var logits = linear(g, x, w.output());
    var cap = (float) hp.keys().number("final_logit_softcapping", 0, 1e6).orElse(0);
    return g.build(x, cap == 0 ? logits : g.softcap(logits, cap));
  }

  /// `x + norm(r(l(x)))` through few features.
  private static Value laurel(GraphBuilder g, Value x, BlockWeights b, HyperParameters hp) {
    int width = hp.embeddingLength();
    long rank = b.rowCount("laurel_l.weight", "projection to few features");
    var few = linear(g, x, b.projection("laurel_l", "projection to few features", rank, width));
    var many = linear(g, few, b.projection("laurel_r", "projection back", width, rank));
    var norm = b.require("laurel_post_norm.weight", "norm of the low-rank layer", width);
    return g.add(g.rmsNorm(many, norm, hp.layerNormRmsEpsilon()), x);
  }

  private static Value feedForward(GraphBuilder g, Value x, BlockWeights b, float sparsity) {
    var gate = linear(g, x, b.ffnGate());
    gate = sparsity == 0 ? gate : g.gaussianTopK(gate, sparsity);
    var gated = g.gatedActivation(gate, linear(g, x, b.ffnUp()), Glu.GEGLU);
    return linear(g, gated, b.ffnDown());
  }

  private static AttentionSpec attention(HyperParameters hp, boolean windowed) {
    var spec = new AttentionSpec(hp.headCount(), hp.headCountKv(), hp.headSize(), 1);
    return windowed ? spec.withSlidingWindow(window(hp)) : spec;
  }

  private static int window(HyperParameters hp) {
    return hp.keys().requireCount("attention.sliding_window", 1, HyperParameters.MAX_CONTEXT);
  }

  private static RopeParameters localRope(HyperParameters hp) {
    double base = hp.keys().number("rope.freq_base_swa", 1.001, 1e30).orElse(LOCAL_FREQ_BASE);
    return hp.rope().unscaled((float) base);
  }

  private static int ownKeys(HyperParameters hp) {
    int shared =
        hp.keys()
            .count("attention.shared_kv_layers", 0, hp.blockCount() - 2)
            .orElse(Math.max(0, hp.blockCount() - OWN_KEYS));
    return hp.blockCount() - shared;
  }

  private static float[] sparsity(HyperParameters hp) {
    return hp.keys()
        .numbersOfBlocks("activation_sparsity_scale", hp.blockCount(), 0, 100)
        .orElseGet(() -> {
          float[] first = new float[hp.blockCount()];
          Arrays.fill(first, 0, Math.min(first.length, SPARSE_BLOCKS), SPARSITY);
          return first;
        });
  }
}
