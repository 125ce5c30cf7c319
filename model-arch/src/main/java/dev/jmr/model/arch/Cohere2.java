package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import java.util.Optional;

/// Command R7B, Command A: attention and feed-forward layer side by side; three of four blocks see a window and turn by
/// position, the fourth sees everything and knows nothing of positions. Source: llama.cpp `llm_build_cohere2`.
final class Cohere2 implements Architecture {
  private static final int PATTERN = 4;

  @Override
  public String name() {
    return "cohere2";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var keys = hp.keys();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.INTERLEAVED);
    boolean[] windowed = hp.slidingWindowPattern(PATTERN);
    var whole = Layers.fullAttention(hp);
    var window = keys.requireCount("attention.sliding_window", 1, HyperParameters.MAX_CONTEXT);
    var epsilon = hp.layerNormEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.layerNorm(x, b.attnNorm(), Optional.empty(), epsilon);
      var q = linear(g, h, b.attnQ());
      var k = linear(g, h, b.attnK());
      var v = linear(g, h, b.attnV());
      if (windowed[i]) {
        q = g.rope(q, rope);
        k = g.rope(k, rope);
      }
      var attention = windowed[i] ? whole.withSlidingWindow(window) : whole;
      var a = linear(g, g.attention(q, k, v, i, attention), b.attnOutput());
      x = g.add(g.add(x, swiGlu(g, h, b)), a);
    }
    x = g.layerNorm(g.selectOutputs(x), w.outputNorm(), Optional.empty(), epsilon);
    var logits = linear(g, x, new Projection(w.tokenEmbedding(), Optional.empty()));
    return g.build(x, g.scale(logits, keys.requireNumber("logit_scale", 1e-6, 1e6)));
  }
}
