package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// Hunyuan, the dense ones: norms per head on queries and keys, here behind the rope, whose base grows with `alpha`. Source:
/// llama.cpp `llm_build_hunyuan_dense`.
final class HunyuanDense implements Architecture {
  @Override
  public String name() {
    return "hunyuan-dense";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = rope(hp, w, contextLength);
    var attention = Layers.groupedQueryAttention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rmsNorm(g.rope(linear(g, h, b.attnQ()), rope), b.attnQNorm(), epsilon);
      var k = g.rmsNorm(g.rope(linear(g, h, b.attnK()), rope), b.attnKNorm(), epsilon);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.add(x, swiGlu(g, g.rmsNorm(x, b.ffnNorm(), epsilon), b));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }

  private static RopeTable rope(HyperParameters hp, Weights w, int contextLength) {
    double alpha = hp.keys().number("rope.scaling.alpha", 0, 1e9).orElse(0);
    double size = hp.headSize();
    float base = hp.rope().freqBase();
    RopeParameters rope =
        alpha == 0
            ? hp.rope()
            : hp.rope().withFreqBase((float) (base * Math.pow(alpha, size / (size - 2))));
    float[] factors = RopeTables.factors(hp, w, contextLength);
    return RopeTables.of(rope, hp.headSize(), factors, Pairing.HALVES);
  }
}
