package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.gelu;
import static dev.jmr.model.arch.Layers.groupedQueryAttention;
import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;

/// BERT and its embedding models (MiniLM, BGE, E5, Arctic Embed): an encoder with learned positions and a norm after each
/// layer. All tokens are of the first type. Source: llama.cpp `llama_model_bert`.
final class Bert implements Architecture {
  @Override
  public String name() {
    return "bert";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var attention = groupedQueryAttention(hp).withMask(AttentionMask.FULL);
    var epsilon = hp.layerNormEpsilon();
    var x = g.embed(w.tokenEmbedding());
    x = w.firstTokenType().isPresent() ? g.addBias(x, w.firstTokenType().get()) : x;
    x = g.add(x, g.embedPosition(w.positionEmbedding()));
    x = g.layerNorm(x, w.tokenEmbeddingNorm(), w.tokenEmbeddingNormBias(), epsilon);
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var q = linear(g, x, b.attnQ());
      var k = linear(g, x, b.attnK());
      var v = linear(g, x, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.layerNorm(x, b.attnOutputNorm(), b.attnOutputNormBias(), epsilon);
      x = g.add(x, gelu(g, x, b));
      x = g.layerNorm(x, b.layerOutputNorm(), b.layerOutputNormBias(), epsilon);
    }
    return g.build(g.selectOutputs(x));
  }
}
