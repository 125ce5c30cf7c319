package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import java.util.Optional;

/// Command R: attention and feed-forward layer side by side. Source: llama.cpp `llm_build_command_r`.
final class CommandR implements Architecture {
  @Override
  public String name() {
    return "command-r";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.INTERLEAVED);
    var attention = Layers.groupedQueryAttention(hp);
    var epsilon = hp.layerNormEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      b.rejectVariant("attn_q_norm.weight");
      var h = g.layerNorm(x, b.attnNorm(), Optional.empty(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      var a = linear(g, g.attention(q, k, v, i, attention), b.attnOutput());
      x = g.add(g.add(x, swiGlu(g, h, b)), a);
    }
    x = g.layerNorm(g.selectOutputs(x), w.outputNorm(), Optional.empty(), epsilon);
    var logits = linear(g, x, new Projection(w.tokenEmbedding(), Optional.empty()));
    return g.build(
        x, g.scale(logits, (float) hp.keys().number("logit_scale", 1e-6, 1e6).orElse(1)));
  }
}
