package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// Nemotron and Minitron: layer norms with biases, rope on a part of each head, squared ReLU without a gate. Source:
/// llama.cpp `llm_build_nemotron`.
final class Nemotron implements Architecture {
  @Override
  public String name() {
    return "nemotron";
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
      var h = g.layerNorm(x, b.attnNorm(), b.attnNormBias(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      h = g.layerNorm(x, b.ffnNorm(), b.ffnNormBias(), epsilon);
      h = g.activate(linear(g, h, b.ffnUp()), Activation.RELU_SQR);
      x = g.add(x, linear(g, h, b.ffnDown()));
    }
    x = g.layerNorm(g.selectOutputs(x), w.outputNorm(), w.outputNormBias(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
