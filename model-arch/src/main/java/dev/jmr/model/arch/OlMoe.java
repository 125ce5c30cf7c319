package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// OLMoE: a mixture of experts whose weights stay as the softmax made them, with norms of whole rows of queries and keys.
/// Source: llama.cpp `llama_model_olmoe`.
final class OlMoe implements Architecture {
  @Override
  public String name() {
    return "olmoe";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var attention = Layers.fullAttention(hp);
    var experts = Layers.experts(hp, Glu.SWIGLU);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rmsNorm(linear(g, h, b.attnQ()), b.attnQNorm(hp.queryWidth()), epsilon);
      var k = g.rmsNorm(linear(g, h, b.attnK()), b.attnKNorm(hp.kvWidth()), epsilon);
      var v = linear(g, h, b.attnV());
      var a = g.attention(g.rope(q, rope), g.rope(k, rope), v, i, attention);
      x = g.add(x, linear(g, a, b.attnOutput()));
      h = g.rmsNorm(x, b.ffnNorm(), epsilon);
      x = g.add(x, g.mixtureOfExperts(h, b.experts(), experts));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
