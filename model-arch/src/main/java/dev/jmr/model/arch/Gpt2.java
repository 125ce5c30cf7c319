package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.gelu;
import static dev.jmr.model.arch.Layers.groupedQueryAttention;
import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;

/// GPT-2: learned positions, layer norms and biases everywhere, one projection for query, key and value. Source: llama.cpp
/// `llama_model_gpt2`.
final class Gpt2 implements Architecture {
  @Override
  public String name() {
    return "gpt2";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var attention = groupedQueryAttention(hp);
    var epsilon = hp.layerNormEpsilon();
    var x = g.add(g.embed(w.tokenEmbedding()), g.embedPosition(w.positionEmbedding()));
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.layerNorm(x, b.attnNorm(), b.attnNormBias(), epsilon);
      var q = linear(g, h, b.attnQ());
      var k = linear(g, h, b.attnK());
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.add(x, gelu(g, g.layerNorm(x, b.ffnNorm(), b.ffnNormBias(), epsilon), b));
    }
    x = g.layerNorm(g.selectOutputs(x), w.outputNorm(), w.outputNormBias(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
