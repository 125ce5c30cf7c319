package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;
import java.util.Optional;

/// OLMo 1: layer norms without weights, and queries, keys and values that are cut off. Source: llama.cpp `llm_build_olmo`.
final class Olmo implements Architecture {
  @Override
  public String name() {
    return "olmo";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.INTERLEAVED);
    var attention = Layers.groupedQueryAttention(hp);
    var epsilon = hp.layerNormEpsilon();
    var ones = w.ones(hp.embeddingLength());
    float limit = (float) hp.keys().number("attention.clamp_kqv", 0, 1e6).orElse(0);
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.layerNorm(x, ones, Optional.empty(), epsilon);
      var q = g.rope(clamp(g, linear(g, h, b.attnQ()), limit), rope);
      var k = g.rope(clamp(g, linear(g, h, b.attnK()), limit), rope);
      var v = clamp(g, linear(g, h, b.attnV()), limit);
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.add(x, swiGlu(g, g.layerNorm(x, ones, Optional.empty(), epsilon), b));
    }
    x = g.layerNorm(g.selectOutputs(x), ones, Optional.empty(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }

  private static Value clamp(GraphBuilder g, Value x, float limit) {
    return limit == 0 ? x : g.clamp(x, limit);
  }
}
