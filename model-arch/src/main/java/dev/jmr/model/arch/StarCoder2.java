package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.gelu;
import static dev.jmr.model.arch.Layers.groupedQueryAttention;
import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// StarCoder 2: layer norms and biases everywhere, a feed-forward layer without a gate. Source: llama.cpp
/// `llama_model_starcoder2`.
final class StarCoder2 implements Architecture {
  @Override
  public String name() {
    return "starcoder2";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var attention = groupedQueryAttention(hp);
    var epsilon = hp.layerNormEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.layerNorm(x, b.attnNorm(), b.attnNormBias(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.add(x, gelu(g, g.layerNorm(x, b.ffnNorm(), b.ffnNormBias(), epsilon), b));
    }
    x = g.layerNorm(g.selectOutputs(x), w.outputNorm(), w.outputNormBias(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
