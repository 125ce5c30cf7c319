package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.geGlu;
import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;

/// Gemma 3: Gemma 2 without caps, with a norm of each query and key head; five blocks of six look through a sliding
/// window and turn by a rope of their own. Source: llama.cpp `llama_model_gemma3`.
final class Gemma3 implements Architecture {
  private static final int PATTERN = 6;
  private static final float LOCAL_FREQ_BASE = 10_000;

  /// Blocks of the 27B model, whose scores are scaled by the width that heads would have if they divided the embedding.
  private static final int BLOCKS_27B = 62;

  @Override
  public String name() {
    return "gemma3";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var global = attention(hp);
    var local = hp.slidingWindow() == 0 ? global : global.withSlidingWindow(hp.slidingWindow());
    var x = blocks(g, hp, w, contextLength, global, local);
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), hp.layerNormRmsEpsilon());
    var logits = linear(g, x, w.output());
    var cap = hp.keys().number("final_logit_softcapping", 0, 1e6).orElse(0);
    return g.build(x, cap == 0 ? logits : g.softcap(logits, (float) cap));
  }

  /// All from the tokens to the last block, as `gemma-embedding` has it too. Result: `[T, E]`.
  ///
  /// @param global attention of the blocks that see everything
  /// @param local attention of the others
  static Value blocks(
      GraphBuilder g,
      HyperParameters hp,
      Weights w,
      int contextLength,
      AttentionSpec global,
      AttentionSpec local) {
    var globalRope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var localRope = RopeTables.of(localRope(hp), hp.headSize(), Pairing.HALVES);
    var epsilon = hp.layerNormRmsEpsilon();
    boolean[] windowed = hp.slidingWindowPattern(hp.slidingWindow() == 0 ? 1 : PATTERN);
    var x = g.scale(g.embed(w.tokenEmbedding()), (float) Math.sqrt(hp.embeddingLength()));
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var rope = windowed[i] ? localRope : globalRope;
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(g.rmsNorm(linear(g, h, b.attnQ()), b.attnQNorm(), epsilon), rope);
      var k = g.rope(g.rmsNorm(linear(g, h, b.attnK()), b.attnKNorm(), epsilon), rope);
      var v = linear(g, h, b.attnV());
      var a = linear(g, g.attention(q, k, v, i, windowed[i] ? local : global), b.attnOutput());
      x = g.add(x, g.rmsNorm(a, b.postAttentionNorm(), epsilon));
      var f = geGlu(g, g.rmsNorm(x, b.ffnNorm(), epsilon), b);
      x = g.add(x, g.rmsNorm(f, b.postFfwNorm(), epsilon));
    }
    return x;
  }

  private static RopeParameters localRope(HyperParameters hp) {
    double base = hp.keys().number("rope.freq_base_swa", 1.001, 1e30).orElse(LOCAL_FREQ_BASE);
    return hp.rope().unscaled((float) base);
  }

  private static AttentionSpec attention(HyperParameters hp) {
    int width =
        hp.blockCount() == BLOCKS_27B ? hp.embeddingLength() / hp.headCount() : hp.headSize();
    var scale = (float) (1 / Math.sqrt(width));
    return new AttentionSpec(hp.headCount(), hp.headCountKv(), hp.headSize(), scale);
  }
}
