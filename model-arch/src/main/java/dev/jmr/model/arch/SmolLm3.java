package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// SmolLM3: a Llama whose every fourth block knows nothing of positions. Source: llama.cpp `llm_build_smollm3`.
final class SmolLm3 implements Architecture {
  private static final int NO_ROPE_LAYER_STEP = 4;

  @Override
  public String name() {
    return "smollm3";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.INTERLEAVED);
    var attention = Layers.groupedQueryAttention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = linear(g, h, b.attnQ());
      var k = linear(g, h, b.attnK());
      var v = linear(g, h, b.attnV());
      if ((i + 1) % NO_ROPE_LAYER_STEP != 0) {
        q = g.rope(q, rope);
        k = g.rope(k, rope);
      }
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.add(x, swiGlu(g, g.rmsNorm(x, b.ffnNorm(), epsilon), b));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
