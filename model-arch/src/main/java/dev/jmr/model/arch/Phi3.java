package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.fusedGlu;
import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// Phi 3, 3.5 and 4: a Llama with its projections fused, and longrope, whose factors depend on the context that is
/// asked for. Its sliding window is left out, as llama.cpp does it. Source: llama.cpp `llama_model_phi3`.
final class Phi3 implements Architecture {
  @Override
  public String name() {
    return "phi3";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var scale = (float) (1 / Math.sqrt(hp.headSize()));
    var attention = new AttentionSpec(hp.headCount(), hp.headCountKv(), hp.headSize(), scale);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.add(x, fusedGlu(g, g.rmsNorm(x, b.ffnNorm(), epsilon), b, hp, Glu.SWIGLU));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
