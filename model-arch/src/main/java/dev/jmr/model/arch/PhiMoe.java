package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGluExperts;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;
import java.util.Optional;

/// Phi 3.5 MoE: a [Phi3] with experts, and a bias behind every norm and projection. Its norms are computed as RMS norms
/// and its experts weighed by a softmax, as llama.cpp does it. Source: llama.cpp `llama_model_phimoe`.
final class PhiMoe implements Architecture {
  @Override
  public String name() {
    return "phimoe";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var attention = Layers.fullAttention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = norm(g, x, b.attnNorm(), b.attnNormBias(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      h = norm(g, x, b.ffnNorm(), b.ffnNormBias(), epsilon);
      x = g.add(x, swiGluExperts(g, h, b, hp));
    }
    x = norm(g, g.selectOutputs(x), w.outputNorm(), w.outputNormBias(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }

  private static Value norm(
      GraphBuilder g, Value x, Tensor weight, Optional<Tensor> bias, float epsilon) {
    var normed = g.rmsNorm(x, weight, epsilon);
    return bias.map(vector -> g.addBias(normed, vector)).orElse(normed);
  }
}
