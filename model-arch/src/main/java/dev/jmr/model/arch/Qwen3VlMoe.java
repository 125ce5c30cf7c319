package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGluExperts;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;

/// The language model of Qwen3-VL with experts, for text: a Qwen3-MoE. Source: llama.cpp `llm_build_qwen3vlmoe`.
final class Qwen3VlMoe implements Architecture {
  @Override
  public String name() {
    return "qwen3vlmoe";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = Layers.textRope(hp, w, contextLength);
    var attention = Layers.groupedQueryAttention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(g.rmsNorm(linear(g, h, b.attnQ()), b.attnQNorm(), epsilon), rope);
      var k = g.rope(g.rmsNorm(linear(g, h, b.attnK()), b.attnKNorm(), epsilon), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.add(x, swiGluExperts(g, g.rmsNorm(x, b.ffnNorm(), epsilon), b, hp));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
