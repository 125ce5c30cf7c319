package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// GLM-4 0414: norms before and behind each layer, rope on a part of each head, gate and up projection in one tensor.
/// Source: llama.cpp `llm_build_glm4`.
final class Glm4 implements Architecture {
  @Override
  public String name() {
    return "glm4";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    rejectVariants(hp);
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.INTERLEAVED);
    var attention = Layers.groupedQueryAttention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.executedBlockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      var a = linear(g, g.attention(q, k, v, i, attention), b.attnOutput());
      x = g.add(x, g.rmsNorm(a, b.postAttentionNorm(), epsilon));
      h = g.rmsNorm(x, b.ffnNorm(), epsilon);
      int length = hp.feedForwardLength();
      var gate = linear(g, h, b.ffnGateUp().slice(0, length));
      var up = linear(g, h, b.ffnGateUp().slice(length, length));
      h = linear(g, g.gatedActivation(gate, up, Glu.SWIGLU), b.ffnDown());
      x = g.add(x, g.rmsNorm(h, b.postFfwNorm(), epsilon));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }

  private static void rejectVariants(HyperParameters hp) {
    if (hp.keys().sum("rope.dimension_sections") > 0) {
      throw new UnsupportedModelException(
          hp.keys().key("rope.dimension_sections")
              + ": expected none; the variant of glm4 that has them is not supported");
    }
  }
}
