package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;
import java.util.Optional;

/// BitNet b1.58: a Llama with a norm before the last projection of each layer; a file may have a scale for each weight.
/// Source: llama.cpp `llm_build_bitnet`.
final class BitNet implements Architecture {
  @Override
  public String name() {
    return "bitnet";
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
      var attnSubNorm = b.require("attn_sub_norm.weight", "inner norm", hp.embeddingLength());
      var ffnSubNorm = b.require("ffn_sub_norm.weight", "inner norm", hp.feedForwardLength());
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(scaled(g, h, b, "attn_q", b.attnQ()), rope);
      var k = g.rope(scaled(g, h, b, "attn_k", b.attnK()), rope);
      var v = scaled(g, h, b, "attn_v", b.attnV());
      h = g.rmsNorm(g.attention(q, k, v, i, attention), attnSubNorm, epsilon);
      x = g.add(x, scaled(g, h, b, "attn_output", b.attnOutput()));
      h = g.rmsNorm(x, b.ffnNorm(), epsilon);
      var gate = scaled(g, h, b, "ffn_gate", b.ffnGate());
      var up = scaled(g, h, b, "ffn_up", b.ffnUp());
      h = g.rmsNorm(g.gatedActivation(gate, up, Glu.SWIGLU), ffnSubNorm, epsilon);
      x = g.add(x, scaled(g, h, b, "ffn_down", b.ffnDown()));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, new Projection(w.tokenEmbedding(), Optional.empty())));
  }

  private static Value scaled(
      GraphBuilder g, Value x, BlockWeights b, String stem, Projection projection) {
    var product = linear(g, x, projection);
    return b.number(stem + ".scale").map(scale -> g.scale(product, scale)).orElse(product);
  }
}
