package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.geGlu;
import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;

/// Gemma 4 (E2B, E4B, 31B, and 26B with experts beside a layer that all tokens share): Gemma 3 with heads of another size in blocks that see everything, norms of
/// values, unscaled scores, last blocks that attend to the cache of an earlier one, and in the small models an embedding of
/// its own for each block. Source: llama.cpp `llm_build_gemma4`.
final class Gemma4 implements Architecture {
  private static final float LOCAL_FREQ_BASE = 10_000;

  @Override
  public String name() {
    return "gemma4";
  }

  @Override
  public boolean blocksMayDiffer() {
    return true;
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    int localSize = localHeadSize(hp);
    var globalRope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var localRope = localRope(hp, localSize);
    boolean[] windowed = hp.slidingWindowPattern(1);
    int ownKeys = hp.blockCount() - sharedBlocks(hp);
    var keys = new Value[hp.blockCount()];
    var values = new Value[hp.blockCount()];
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.scale(g.embed(w.tokenEmbedding()), (float) Math.sqrt(hp.embeddingLength()));
    var perLayer = PerLayerEmbedding.of(g, x, hp, w);
    for (int i = 0; i < hp.blockCount(); i++) {
      var sizes = hp.ofBlock(i).withHeadSize(windowed[i] ? localSize : hp.headSize());
      var b = w.block(i, sizes);
      var rope = windowed[i] ? localRope : globalRope;
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(g.rmsNorm(linear(g, h, b.attnQ()), b.attnQNorm(), epsilon), rope);
      int cache = i < ownKeys ? i : ownKeys - (windowed[i] ? 2 : 1);
      if (cache == i) {
        var k = linear(g, h, b.attnK());
        var v = b.has("attn_v.weight") ? linear(g, h, b.attnV()) : k;
        keys[i] = g.rope(g.rmsNorm(k, b.attnKNorm(), epsilon), rope);
        values[i] = g.rmsNorm(v, w.ones(sizes.headSize()), epsilon);
      }
      var a = g.attention(q, keys[cache], values[cache], cache, attention(sizes, windowed[i]));
      x = g.add(x, g.rmsNorm(linear(g, a, b.attnOutput()), b.postAttentionNorm(), epsilon));
      x = g.add(x, g.rmsNorm(feedForward(g, x, b, sizes), b.postFfwNorm(), epsilon));
      int block = i;
      var y = x;
      x = perLayer.map(embedding -> embedding.add(g, y, b, block)).orElse(x);
      var z = x;
      x = b.number("layer_output_scale.weight").map(scale -> g.scale(z, scale)).orElse(x);
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    var logits = linear(g, x, w.output());
    var cap = (float) hp.keys().number("final_logit_softcapping", 0, 1e6).orElse(0);
    return g.build(x, cap == 0 ? logits : g.softcap(logits, cap));
  }

  private static AttentionSpec attention(HyperParameters hp, boolean windowed) {
    var spec = new AttentionSpec(hp.headCount(), hp.headCountKv(), hp.headSize(), 1);
    return windowed ? spec.withSlidingWindow(window(hp)) : spec;
  }

  private static int window(HyperParameters hp) {
    return hp.keys().requireCount("attention.sliding_window", 1, HyperParameters.MAX_CONTEXT);
  }

  private static int localHeadSize(HyperParameters hp) {
    return hp.keys().requireCount("attention.key_length_swa", 1, HyperParameters.MAX_HEAD_SIZE);
  }

  private static RopeTable localRope(HyperParameters hp, int headSize) {
    double base = hp.keys().number("rope.freq_base_swa", 1.001, 1e30).orElse(LOCAL_FREQ_BASE);
    int dimensions = hp.keys().count("rope.dimension_count_swa", 2, headSize).orElse(headSize);
    return RopeTables.of(
        hp.rope().unscaled((float) base).withDimensionCount(dimensions), headSize, Pairing.HALVES);
  }

  /// How many of the last blocks have no keys and values of their own.
  private static int sharedBlocks(HyperParameters hp) {
    return hp.keys().count("attention.shared_kv_layers", 0, hp.blockCount() - 2).orElse(0);
  }

  /// What stands between attention and the norm behind the feed-forward layers. Shapes: `x[T, E]` → `[T, E]`.
  private static Value feedForward(GraphBuilder g, Value x, BlockWeights b, HyperParameters hp) {
    var epsilon = hp.layerNormRmsEpsilon();
    var shared = geGlu(g, g.rmsNorm(x, b.ffnNorm(), epsilon), b);
    if (!b.has("ffn_gate_inp.weight")) {
      return shared;
    }
    int width = hp.embeddingLength();
    var sharedNorm = b.require("post_ffw_norm_1.weight", "norm after the shared layer", width);
    var before = b.require("pre_ffw_norm_2.weight", "norm before the experts", width);
    var after = b.require("post_ffw_norm_2.weight", "norm after the experts", width);
    var routerScale = b.require("ffn_gate_inp.scale", "scale of the router's input", width);
    var routed = g.scale(g.rmsNorm(x, routerScale, epsilon), (float) (1 / Math.sqrt(width)));
    var spec = Layers.experts(hp, Glu.GEGLU).withWeightsNorm();
    var chosen = g.mixtureOfExperts(g.rmsNorm(x, before, epsilon), routed, b.experts(), spec);
    return g.add(g.rmsNorm(shared, sharedNorm, epsilon), g.rmsNorm(chosen, after, epsilon));
  }
}
