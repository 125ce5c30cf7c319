package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;

/// EXAONE 4: norms behind each layer instead of before it, and per head on queries and keys. The large one (64 blocks) has
/// sliding windows, and rope only in blocks that have one. Source: llama.cpp `llm_build_exaone4`.
final class Exaone4 implements Architecture {
  private static final int HYBRID_BLOCKS = 64;
  private static final int PATTERN = 4;
  private static final int WINDOW = 4096;

  @Override
  public String name() {
    return "exaone4";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    int blocks = hp.executedBlockCount();
    boolean hybrid = blocks == HYBRID_BLOCKS;
    boolean[] windowed = hp.slidingWindowPattern(hybrid ? PATTERN : 1);
    var whole = Layers.fullAttention(hp);
    int window = hp.slidingWindow() == 0 ? WINDOW : hp.slidingWindow();
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < blocks; i++) {
      var b = w.block(i);
      var q = g.rmsNorm(linear(g, x, b.attnQ()), b.attnQNorm(), epsilon);
      var k = g.rmsNorm(linear(g, x, b.attnK()), b.attnKNorm(), epsilon);
      var v = linear(g, x, b.attnV());
      if (windowed[i] || !hybrid) {
        q = g.rope(q, rope);
        k = g.rope(k, rope);
      }
      var attention = hybrid && windowed[i] ? whole.withSlidingWindow(window) : whole;
      var a = linear(g, g.attention(q, k, v, i, attention), b.attnOutput());
      x = g.add(x, g.rmsNorm(a, b.postAttentionNorm(), epsilon));
      x = g.add(x, g.rmsNorm(swiGlu(g, x, b), b.postFfwNorm(), epsilon));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
