package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.XieluParameters;

/// Apertus: norms of query and key heads, and an activation without a gate that each block was trained with parameters of.
/// Source: llama.cpp `llama_model_apertus`.
final class Apertus implements Architecture {
  private static final double MAX = 1e6;

  @Override
  public String name() {
    return "apertus";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var attention = Layers.fullAttention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    float[] alphaN = parameters(hp, "alpha_n");
    float[] alphaP = parameters(hp, "alpha_p");
    float[] beta = parameters(hp, "beta");
    float[] eps = parameters(hp, "eps");
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(g.rmsNorm(linear(g, h, b.attnQ()), b.attnQNorm(), epsilon), rope);
      var k = g.rope(g.rmsNorm(linear(g, h, b.attnK()), b.attnKNorm(), epsilon), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      var up = linear(g, g.rmsNorm(x, b.ffnNorm(), epsilon), b.ffnUp());
      var xielu = XieluParameters.ofTrained(alphaN[i], alphaP[i], beta[i], eps[i]);
      x = g.add(x, linear(g, g.xielu(up, xielu), b.ffnDown()));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }

  private static float[] parameters(HyperParameters hp, String name) {
    return hp.keys().requireGlobalNumbersOfBlocks("xielu." + name, hp.blockCount(), -MAX, MAX);
  }
}
