package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// StableLM 2 (1.6B, Zephyr 3B): layer norms with biases, rope on a part of each head. The 12B variant, with norms on
/// queries and keys, is not supported. Source: llama.cpp `llm_build_stablelm`.
final class StableLm implements Architecture {
  @Override
  public String name() {
    return "stablelm";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var attention = Layers.groupedQueryAttention(hp);
    var epsilon = hp.layerNormEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      b.rejectVariant("attn_q_norm.weight");
      var h = g.layerNorm(x, b.attnNorm(), b.attnNormBias(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      h = g.layerNorm(x, b.ffnNorm(), b.ffnNormBias(), epsilon);
      x = g.add(x, swiGlu(g, h, b));
    }
    x = g.layerNorm(g.selectOutputs(x), w.outputNorm(), w.outputNormBias(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
