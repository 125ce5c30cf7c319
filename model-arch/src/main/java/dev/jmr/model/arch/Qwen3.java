package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.groupedQueryAttention;
import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;
import static dev.jmr.model.arch.Layers.swiGluExperts;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// Qwen 3, dense or a mixture of experts: pre-norm decoder, grouped-query attention with a norm of each query and key
/// head, SwiGLU. Source: llama.cpp `llama_model_qwen3`, `llama_model_qwen3moe`.
final class Qwen3 implements Architecture {
  private final String name;

  /// @param name `qwen3`, or `qwen3moe` of those with experts
  Qwen3(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var attention = groupedQueryAttention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(g.rmsNorm(linear(g, h, b.attnQ()), b.attnQNorm(), epsilon), rope);
      var k = g.rope(g.rmsNorm(linear(g, h, b.attnK()), b.attnKNorm(), epsilon), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      h = g.rmsNorm(x, b.ffnNorm(), epsilon);
      x = g.add(x, hp.expertCount() == 0 ? swiGlu(g, h, b) : swiGluExperts(g, h, b, hp));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
