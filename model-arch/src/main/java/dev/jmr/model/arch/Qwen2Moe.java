package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;

/// Qwen1.5-MoE and Qwen2-MoE: a Qwen2 with experts, beside a shared one that each token takes as much of as it wants.
/// Source: llama.cpp `llm_build_qwen2moe`.
final class Qwen2Moe implements Architecture {
  @Override
  public String name() {
    return "qwen2moe";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var attention = Layers.groupedQueryAttention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      h = g.rmsNorm(x, b.ffnNorm(), epsilon);
      var experts = g.mixtureOfExperts(h, b.experts(), Layers.experts(hp, Glu.SWIGLU));
      x = g.add(x, g.add(experts, sharedExpert(g, h, b, hp)));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }

  private static Value sharedExpert(GraphBuilder g, Value x, BlockWeights b, HyperParameters hp) {
    int length =
        hp.keys()
            .count("expert_shared_feed_forward_length", 1, HyperParameters.MAX_WIDTH)
            .orElse(hp.feedForwardLength());
    var gate = b.requireRow("ffn_gate_inp_shexp.weight", "shared expert's gate");
    var share = g.activate(g.linear(x, gate), Activation.SIGMOID);
    return g.multiply(Layers.sharedSwiGlu(g, x, b, length), share);
  }
}
