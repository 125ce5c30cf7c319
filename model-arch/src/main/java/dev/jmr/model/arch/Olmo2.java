package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// OLMo 2 and 3: norms after attention and feed-forward layer instead of before, and of the whole query and key; OLMo 3
/// looks through a sliding window, unscaled, in three blocks of four. Source: llama.cpp `llama_model_olmo2`.
final class Olmo2 implements Architecture {
  private static final int PATTERN = 4;

  @Override
  public String name() {
    return "olmo2";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var globalRope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var localRope =
        RopeTables.of(hp.rope().unscaled(hp.rope().freqBase()), hp.headSize(), Pairing.HALVES);
    var scale = (float) (1 / Math.sqrt(hp.headSize()));
    var global = new AttentionSpec(hp.headCount(), hp.headCountKv(), hp.headSize(), scale);
    var local = hp.slidingWindow() == 0 ? global : global.withSlidingWindow(hp.slidingWindow());
    boolean[] windowed = hp.slidingWindowPattern(hp.slidingWindow() == 0 ? 1 : PATTERN);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var rope = windowed[i] ? localRope : globalRope;
      var q = g.rmsNorm(linear(g, x, b.attnQ()), b.attnQNorm(hp.queryWidth()), epsilon);
      var k = g.rmsNorm(linear(g, x, b.attnK()), b.attnKNorm(hp.kvWidth()), epsilon);
      var v = linear(g, x, b.attnV());
      var a = g.attention(g.rope(q, rope), g.rope(k, rope), v, i, windowed[i] ? local : global);
      x = g.add(x, g.rmsNorm(linear(g, a, b.attnOutput()), b.postAttentionNorm(), epsilon));
      x = g.add(x, g.rmsNorm(swiGlu(g, x, b), b.postFfwNorm(), epsilon));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
