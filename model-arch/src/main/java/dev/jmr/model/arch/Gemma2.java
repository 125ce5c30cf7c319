package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.geGlu;
import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// Gemma 2: norms before and after attention and feed-forward layer, scores and logits capped, every other block looks
/// through a sliding window. Source: llama.cpp `llama_model_gemma2`.
final class Gemma2 implements Architecture {
  private static final int WINDOW = 4096;
  private static final float SCORE_CAP = 50;
  private static final float LOGIT_CAP = 30;

  /// Blocks of the 27B model, whose scores are scaled by the width that heads would have if they divided the embedding.
  private static final int BLOCKS_27B = 46;

  @Override
  public String name() {
    return "gemma2";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var epsilon = hp.layerNormRmsEpsilon();
    var global = attention(hp);
    var local = global.withSlidingWindow(hp.slidingWindow() > 0 ? hp.slidingWindow() : WINDOW);
    boolean[] windowed = hp.slidingWindowPattern(2);
    var x = g.scale(g.embed(w.tokenEmbedding()), (float) Math.sqrt(hp.embeddingLength()));
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      var a = linear(g, g.attention(q, k, v, i, windowed[i] ? local : global), b.attnOutput());
      x = g.add(x, g.rmsNorm(a, b.postAttentionNorm(), epsilon));
      var f = geGlu(g, g.rmsNorm(x, b.ffnNorm(), epsilon), b);
      x = g.add(x, g.rmsNorm(f, b.postFfwNorm(), epsilon));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    var cap = (float) hp.keys().number("final_logit_softcapping", 1e-3, 1e6).orElse(LOGIT_CAP);
    return g.build(x, g.softcap(linear(g, x, w.output()), cap));
  }

  private static AttentionSpec attention(HyperParameters hp) {
    int width =
        hp.blockCount() == BLOCKS_27B ? hp.embeddingLength() / hp.headCount() : hp.headSize();
    var cap = (float) hp.keys().number("attn_logit_softcapping", 1e-3, 1e6).orElse(SCORE_CAP);
    var scale = (float) (1 / Math.sqrt(width));
    return new AttentionSpec(hp.headCount(), hp.headCountKv(), hp.headSize(), scale)
        .withSoftcap(cap);
  }
}
