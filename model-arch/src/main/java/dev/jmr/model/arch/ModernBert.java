package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import java.util.Optional;

/// ModernBERT and the Granite embedding models: an encoder with norms before its layers (none before the first), rope, and
/// windows that are as long ahead as behind in all but every third block. Source: llama.cpp `llama_model_modern_bert`.
final class ModernBert implements Architecture {
  private static final int PATTERN = 3;
  private static final float LOCAL_FREQ_BASE = 10_000;

  @Override
  public String name() {
    return "modern-bert";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var globalRope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var localRope = RopeTables.of(localRope(hp), hp.headSize(), Pairing.HALVES);
    var global = Layers.fullAttention(hp).withMask(AttentionMask.FULL);
    boolean[] windowed = windowed(hp);
    var glu = glu(hp);
    var epsilon = hp.layerNormEpsilon();
    var x = g.embed(w.tokenEmbedding());
    x = g.layerNorm(x, w.tokenEmbeddingNorm(), Optional.empty(), epsilon);
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var rope = windowed[i] ? localRope : globalRope;
      var attention =
          windowed[i] ? global.withMask(new AttentionMask.Symmetric(hp.slidingWindow())) : global;
      boolean plain = i == 0 && !b.has("attn_norm.weight");
      var h = plain ? x : g.layerNorm(x, b.attnNorm(), Optional.empty(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      h = g.layerNorm(x, b.ffnNorm(), Optional.empty(), epsilon);
      x = g.add(x, Layers.fusedGlu(g, h, b, hp, glu));
    }
    return g.build(g.layerNorm(g.selectOutputs(x), w.outputNorm(), Optional.empty(), epsilon));
  }

  /// All blocks but the first of every so many.
  private static boolean[] windowed(HyperParameters hp) {
    boolean[] pattern = new boolean[hp.blockCount()];
    if (hp.slidingWindow() == 0) {
      return pattern;
    }
    String key = "attention.sliding_window_pattern";
    return hp.keys()
        .flags(key, hp.blockCount())
        .orElseGet(() -> {
          int n = hp.keys().count(key, 0, HyperParameters.MAX_BLOCKS).orElse(PATTERN);
          for (int i = 0; i < pattern.length; i++) {
            pattern[i] = n == 0 || i % n != 0;
          }
          return pattern;
        });
  }

  private static RopeParameters localRope(HyperParameters hp) {
    double base = hp.keys().number("rope.freq_base_swa", 1.001, 1e30).orElse(LOCAL_FREQ_BASE);
    return hp.rope().unscaled((float) base);
  }

  private static Glu glu(HyperParameters hp) {
    String name = hp.keys().string("hidden_activation").orElse("gelu");
    return switch (name) {
      case "gelu", "geglu" -> Glu.GEGLU;
      case "silu", "swish", "swiglu" -> Glu.SWIGLU;
      default ->
          throw new UnsupportedModelException(
              "%s: expected gelu or silu, got '%s'"
                  .formatted(hp.keys().key("hidden_activation"), name));
    };
  }
}
