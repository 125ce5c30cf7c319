package dev.jmr.model.arch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The settings of rotary position embedding, as in `<architecture>.rope.*`; [RopeTables] makes frequencies of them.
///
/// @param dimensionCount elements of a head that are rotated, even, at most the head size
/// @param freqBase θ: pair `i` turns by `θ^(-2i / dimensionCount)` per position
/// @param scaling how positions beyond the original context are squeezed in
/// @param scalingFactor by how much; 1 = not at all
/// @param originalContextLength positions before scaling
/// @param attnFactor multiplies both sine and cosine
/// @param yarnBetaFast turns over the original context from which on YaRN leaves a pair alone
/// @param yarnBetaSlow turns over the original context up to which YaRN scales a pair wholly
public record RopeParameters(
    int dimensionCount,
    float freqBase,
    Scaling scaling,
    float scalingFactor,
    int originalContextLength,
    float attnFactor,
    float yarnBetaFast,
    float yarnBetaSlow) {
  /// The values of `rope.scaling.type`. Source: llama.cpp `LLAMA_ROPE_SCALING_TYPES`.
  public enum Scaling {
    NONE,
    LINEAR,
    YARN,
    LONGROPE
  }

  private static final float MAX_FACTOR = 1e6f;

  /// Reads and checks the settings; what the file does not say is as in llama.cpp `llama_model_base::load_hparams`.
  ///
  /// @throws ModelException naming the key that does not make sense
  static RopeParameters of(ArchitectureKeys keys, int headSize, int contextLength) {
    int dimensions = keys.count("rope.dimension_count", 1, headSize).orElse(headSize);
    if (dimensions % 2 != 0) {
      throw new ModelException(
          "%s: expected an even number, got %d"
              .formatted(keys.key("rope.dimension_count"), dimensions));
    }
    Scaling scaling =
        keys.string("rope.scaling.type").map(name -> scaling(keys, name)).orElse(Scaling.LINEAR);
    float factor = scaling == Scaling.NONE ? 1 : scalingFactor(keys);
    return new RopeParameters(
        dimensions,
        (float) keys.number("rope.freq_base", 1.001, 1e30).orElse(10_000),
        factor == 1 && scaling == Scaling.LINEAR ? Scaling.NONE : scaling,
        factor,
        keys.count("rope.scaling.original_context_length", 1, HyperParameters.MAX_CONTEXT)
            .orElse(contextLength),
        (float) keys.number("rope.scaling.attn_factor", 1e-3, MAX_FACTOR).orElse(1),
        (float) keys.number("rope.scaling.yarn_beta_fast", 1e-3, MAX_FACTOR).orElse(32),
        (float) keys.number("rope.scaling.yarn_beta_slow", 1e-3, MAX_FACTOR).orElse(1));
  }

  /// The same with another base and without any scaling.
  RopeParameters unscaled(float base) {
    return new RopeParameters(
        dimensionCount,
        base,
        Scaling.NONE,
        1,
        originalContextLength,
        1,
        yarnBetaFast,
        yarnBetaSlow);
  }

  /// The same with another base.
  RopeParameters withFreqBase(float base) {
    return new RopeParameters(
        dimensionCount,
        base,
        scaling,
        scalingFactor,
        originalContextLength,
        attnFactor,
        yarnBetaFast,
        yarnBetaSlow);
  }

  /// The same for another number of elements.
  RopeParameters withDimensionCount(int count) {
    return new RopeParameters(
        count,
        freqBase,
        scaling,
        scalingFactor,
        originalContextLength,
        attnFactor,
        yarnBetaFast,
        yarnBetaSlow);
  }

  private static Scaling scaling(ArchitectureKeys keys, String name) {
    Optional<Scaling> scaling =
        Arrays.stream(Scaling.values()).filter(value -> word(value).equals(name)).findFirst();
    return scaling.orElseThrow(() ->
        new UnsupportedModelException(
            "%s: rope scaling '%s' is not supported; supported: %s"
                .formatted(
                    keys.key("rope.scaling.type"),
                    name,
                    String.join(
                        ", ",
                        Arrays.stream(Scaling.values()).map(RopeParameters::word).toList()))));
  }

  private static String word(Scaling scaling) {
    return scaling.name().toLowerCase(Locale.ROOT);
  }

  /// The factor by its present name or by the one of old files; 0 means that there is none.
  private static float scalingFactor(ArchitectureKeys keys) {
    double factor =
        keys.number("rope.scaling.factor", 0, MAX_FACTOR)
            .orElseGet(() -> keys.number("rope.scale_linear", 0, MAX_FACTOR).orElse(0));
    if (factor != 0 && factor < 1e-3) {
      throw new ModelException(
          "%s: expected 0 or at least 0.001, got %s"
              .formatted(keys.key("rope.scaling.factor"), factor));
    }
    return factor == 0 ? 1 : (float) factor;
  }
}
