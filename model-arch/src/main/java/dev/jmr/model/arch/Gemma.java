package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.geGlu;
import static dev.jmr.model.arch.Layers.groupedQueryAttention;
import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// Gemma 1: a Llama with embeddings scaled by `√E` and GeGLU. Norm weights have their one added in the file. Source:
/// llama.cpp `llama_model_gemma`.
final class Gemma implements Architecture {
  @Override
  public String name() {
    return "gemma";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var attention = groupedQueryAttention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.scale(g.embed(w.tokenEmbedding()), (float) Math.sqrt(hp.embeddingLength()));
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.add(x, geGlu(g, g.rmsNorm(x, b.ffnNorm(), epsilon), b));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
