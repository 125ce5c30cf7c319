package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.groupedQueryAttention;
import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// Nomic Embed: a BERT with rope instead of learned positions, and SwiGLU. Source: llama.cpp `llama_model_nomic_bert`.
final class NomicBert implements Architecture {
  @Override
  public String name() {
    return "nomic-bert";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var attention = groupedQueryAttention(hp).withMask(AttentionMask.FULL);
    var epsilon = hp.layerNormEpsilon();
    var x = g.embed(w.tokenEmbedding());
    x = w.firstTokenType().isPresent() ? g.addBias(x, w.firstTokenType().get()) : x;
    x = g.layerNorm(x, w.tokenEmbeddingNorm(), w.tokenEmbeddingNormBias(), epsilon);
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var q = g.rope(linear(g, x, b.attnQ()), rope);
      var k = g.rope(linear(g, x, b.attnK()), rope);
      var v = linear(g, x, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.layerNorm(x, b.attnOutputNorm(), b.attnOutputNormBias(), epsilon);
      x = g.add(x, swiGlu(g, x, b));
      x = g.layerNorm(x, b.layerOutputNorm(), b.layerOutputNormBias(), epsilon);
    }
    return g.build(g.selectOutputs(x));
  }
}
