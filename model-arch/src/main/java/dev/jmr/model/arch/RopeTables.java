package dev.jmr.model.arch;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// Works out the frequencies of rotary position embedding.
///
/// With `n = rope.dimension_count`, pair `i` turns by `θ^(-2i/n) / factor(i)` per position; the factors are in the file
/// (`rope_freqs` of Llama 3.1 on, `rope_factors_long` and `_short` of longrope) or 1. Linear scaling divides all by
/// `rope.scaling.factor`. YaRN divides the slow pairs only, mixes on the way, and turns the vectors' length up. Source:
/// ggml `rope_yarn`, `ggml_rope_yarn_corr_dims`; llama.cpp `llama_context` (`yarn_attn_factor`) and
/// `llama_model::get_rope_factors`.
final class RopeTables {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private RopeTables() {}

  /// The table of a model that is to run with `contextLength` positions.
  ///
  /// @throws ModelException if a factor in the file is not a positive number
  static RopeTable of(HyperParameters hp, Weights weights, int contextLength, Pairing pairing) {
    return of(hp.rope(), hp.headSize(), factors(hp, weights, contextLength), pairing);
  }

  /// The table of rope that knows no factors.
  static RopeTable of(RopeParameters rope, int headSize, Pairing pairing) {
    return of(rope, headSize, ones(rope.dimensionCount() / 2), pairing);
  }

  /// The table for heads of `headSize` elements whose pairs' frequencies are divided by `factors`.
  static RopeTable of(RopeParameters rope, int headSize, float[] factors, Pairing pairing) {
    return of(rope, headSize, factors, pairing, magnitude(rope));
  }

  /// The table with another magnitude than the one that the scaling demands.
  static RopeTable of(
      RopeParameters rope, int headSize, float[] factors, Pairing pairing, float magnitude) {
    float[] frequencies = new float[rope.dimensionCount() / 2];
    for (int i = 0; i < frequencies.length; i++) {
      double unscaled = Math.pow(rope.freqBase(), -2.0 * i / rope.dimensionCount()) / factors[i];
      double scaled = unscaled / rope.scalingFactor();
      double kept = rope.scaling() == RopeParameters.Scaling.YARN ? yarnRamp(rope, i) : 0;
      frequencies[i] = (float) (scaled * (1 - kept) + unscaled * kept);
    }
    return new RopeTable(pairing, headSize, frequencies, magnitude);
  }

  /// How much of pair `i` YaRN leaves as it is: 1 for those that turn fast, 0 for the slow.
  private static double yarnRamp(RopeParameters rope, int i) {
    double low = Math.max(0, Math.floor(yarnPair(rope, rope.yarnBetaFast())));
    double high =
        Math.min(rope.dimensionCount() - 1, Math.ceil(yarnPair(rope, rope.yarnBetaSlow())));
    return 1 - Math.clamp((i - low) / Math.max(0.001, high - low), 0.0, 1.0);
  }

  /// The (fractional) pair that turns `turns` times over the original context.
  private static double yarnPair(RopeParameters rope, double turns) {
    return rope.dimensionCount()
        * Math.log(rope.originalContextLength() / (turns * 2 * Math.PI))
        / (2 * Math.log(rope.freqBase()));
  }

  private static float magnitude(RopeParameters rope) {
    return (float) (rope.attnFactor() * yarnMagnitude(rope, 1));
  }

  /// How much longer YaRN makes vectors: `1 + multiplier · ln(scalingFactor) / 10`; 1 where it does not stretch.
  static double yarnMagnitude(RopeParameters rope, double multiplier) {
    boolean stretched = rope.scaling() == RopeParameters.Scaling.YARN && rope.scalingFactor() > 1;
    return stretched ? 1 + 0.1 * multiplier * Math.log(rope.scalingFactor()) : 1;
  }

  /// What the frequency of each pair is divided by.
  static float[] factors(HyperParameters hp, Weights weights, int contextLength) {
    int pairs = hp.rope().dimensionCount() / 2;
    String longrope =
        contextLength > hp.rope().originalContextLength()
            ? "rope_factors_long.weight"
            : "rope_factors_short.weight";
    Optional<Tensor> tensor =
        weights.find("rope_freqs.weight", pairs).or(() -> weights.find(longrope, pairs));
    return tensor.map(RopeTables::read).orElseGet(() -> ones(pairs));
  }

  private static float[] read(Tensor tensor) {
    if (tensor.type() != TensorType.F32) {
      throw new ModelException(
          "tensor %s: expected type F32, got %s".formatted(tensor.name(), tensor.type()));
    }
    float[] factors = tensor.data().toArray(FLOAT);
    for (float factor : factors) {
      if (!(factor > 0 && factor <= Float.MAX_VALUE)) {
        throw new ModelException(
            "tensor %s: expected positive factors, got %s".formatted(tensor.name(), factor));
      }
    }
    return factors;
  }

  private static float[] ones(int count) {
    float[] factors = new float[count];
    Arrays.fill(factors, 1);
    return factors;
  }
}
