package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.ExpertSpec.Gating;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.PositionTemperature;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;

/// Llama 4 (Scout, Maverick): three of four blocks see their chunk of the context, turn by position and norm queries and
/// keys; the fourth sees everything, knows nothing of positions, and has queries that grow sharper with them. Some blocks
/// have experts that are told less the less they are wanted, beside a shared one. Source: llama.cpp `llm_build_llama4`.
final class Llama4 implements Architecture {
  private static final int NO_ROPE_LAYER_STEP = 4;
  private static final int CHUNK = 8192;
  private static final PositionTemperature TEMPERATURE = new PositionTemperature(0.1f, CHUNK, 1);

  /// Maverick, alone, has queries and keys without norms.
  private static final int MAVERICK_EXPERTS = 128;

  @Override
  public String name() {
    return "llama4";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var keys = hp.keys();
    requireChunks(keys);
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.INTERLEAVED);
    var whole = Layers.fullAttention(hp);
    var chunked = whole.withMask(new AttentionMask.Chunked(CHUNK));
    var ones = w.ones(hp.headSize());
    var epsilon = hp.layerNormRmsEpsilon();
    int expertStep = keys.requireCount("interleave_moe_layer_step", 0, hp.blockCount());
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      boolean turned = (i + 1) % NO_ROPE_LAYER_STEP != 0;
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = linear(g, h, b.attnQ());
      var k = linear(g, h, b.attnK());
      var v = linear(g, h, b.attnV());
      if (turned) {
        q = g.rope(q, rope);
        k = g.rope(k, rope);
      } else {
        q = g.scaleByPosition(q, TEMPERATURE);
      }
      if (turned && hp.expertCount() != MAVERICK_EXPERTS) {
        q = g.rmsNorm(q, ones, epsilon);
        k = g.rmsNorm(k, ones, epsilon);
      }
      var a = g.attention(q, k, v, i, turned ? chunked : whole);
      x = g.add(x, linear(g, a, b.attnOutput()));
      h = g.rmsNorm(x, b.ffnNorm(), epsilon);
      boolean experts = expertStep > 0 && (i + 1) % expertStep == 0;
      x = g.add(x, experts ? experts(g, h, b, hp) : swiGlu(g, h, b));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }

  private static Value experts(GraphBuilder g, Value x, BlockWeights b, HyperParameters hp) {
    int length = hp.keys().requireCount("expert_feed_forward_length", 1, HyperParameters.MAX_WIDTH);
    var spec = Layers.experts(hp, Glu.SWIGLU).withGating(Gating.SIGMOID).withWeightedInput();
    var chosen = g.mixtureOfExperts(x, b.experts(), spec);
    return g.add(chosen, Layers.sharedSwiGlu(g, x, b, length));
  }

  private static void requireChunks(ArchitectureKeys keys) {
    String pattern = "attention.sliding_window_pattern";
    if (keys.count("attention.sliding_window", 0, Integer.MAX_VALUE).orElse(CHUNK) == 0) {
      throw new UnsupportedModelException(
          keys.key("attention.sliding_window")
              + ": expected none or a positive number, got 0; llama4 without chunks is not supported");
    }
    if (keys.has(pattern)) {
      throw new UnsupportedModelException(
          keys.key(pattern)
              + ": expected none; the pattern of llama4 is three chunked blocks of four");
    }
  }
}
