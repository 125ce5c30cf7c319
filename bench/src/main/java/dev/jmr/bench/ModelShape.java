package dev.jmr.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The shape of a model: everything that decides how much there is to compute.
///
/// @param name what `--shape` calls it
/// @param family the architecture
/// @param blockCount `L`
/// @param embeddingLength `E`
/// @param headCount `H`
/// @param headCountKv `K`
/// @param headLength `D`
/// @param feedForwardLength `F`, of each expert where there are several
/// @param vocabularySize `V`
/// @param tied whether the output layer is the embedding matrix
/// @param contextLength positions that the model claims to be trained with
/// @param ropeFreqBase base of the rotary embedding
/// @param ropeScaling by how much Llama 3.1 and later stretch low frequencies; empty = not at all
/// @param experts how many there are and are used; empty = a dense model
public record ModelShape(
    String name,
    ModelFamily family,
    int blockCount,
    int embeddingLength,
    int headCount,
    int headCountKv,
    int headLength,
    int feedForwardLength,
    int vocabularySize,
    boolean tied,
    int contextLength,
    float ropeFreqBase,
    Optional<Float> ropeScaling,
    Optional<Experts> experts) {

  /// The experts of each block.
  public record Experts(int count, int usedCount) {}

  /// All shapes that have a name. The larger ones are those of SmolLM2 135M, Llama 3.2 1B and 3B, Llama 3.1 8B, Qwen3 0.6B
  /// and Gemma 3 1B. `mixtral-8x150m` uses two of eight experts; `mixtral-active` is dense and computes as much.
  public static final List<ModelShape> ALL =
      List.of(
          dense("tiny", 2, 256, 4, 2, 512, 1024, true).withRope(2048, 10_000),
          dense("llama-135m", 30, 576, 9, 3, 1536, 49_152, true).withRope(8192, 100_000),
          dense("llama-1b", 16, 2048, 32, 8, 8192, 128_256, true).withLlama3Rope(32),
          dense("llama-3b", 28, 3072, 24, 8, 8192, 128_256, true).withLlama3Rope(32),
          dense("llama-8b", 32, 4096, 32, 8, 14_336, 128_256, false).withLlama3Rope(8),
          dense("mixtral-tiny", 4, 256, 8, 2, 512, 1024, false)
              .withRope(2048, 1_000_000)
              .withExperts(new Experts(4, 2)),
          dense("mixtral-8x150m", 12, 2048, 32, 8, 2048, 32_000, false)
              .withRope(32_768, 1_000_000)
              .withExperts(new Experts(8, 2)),
          dense("mixtral-active", 12, 2048, 32, 8, 4096, 32_000, false).withRope(32_768, 1_000_000),
          dense("qwen3-0.6b", 28, 1024, 16, 8, 3072, 151_936, true)
              .withFamily(ModelFamily.QWEN3, 128)
              .withRope(40_960, 1_000_000),
          dense("gemma3-1b", 26, 1152, 4, 1, 6912, 262_144, true)
              .withFamily(ModelFamily.GEMMA3, 256)
              .withRope(32_768, 1_000_000));

  /// The shape called `name`.
  ///
  /// @throws BenchException listing the known ones
  public static ModelShape named(String name) {
    return ALL.stream()
        .filter(shape -> shape.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new BenchException(
                "shape '%s' is not known; known: %s"
                    .formatted(
                        name,
                        ALL.stream().map(ModelShape::name).collect(Collectors.joining(", ")))));
  }

  private static ModelShape dense(
      String name,
      int blockCount,
      int embeddingLength,
      int headCount,
      int headCountKv,
      int feedForwardLength,
      int vocabularySize,
      boolean tied) {
    return new ModelShape(
        name,
        ModelFamily.LLAMA,
        blockCount,
        embeddingLength,
        headCount,
        headCountKv,
        embeddingLength / headCount,
        feedForwardLength,
        vocabularySize,
        tied,
        0,
        0,
        Optional.empty(),
        Optional.empty());
  }

  private ModelShape withLlama3Rope(float scaling) {
    return new ModelShape(
        name,
        family,
        blockCount,
        embeddingLength,
        headCount,
        headCountKv,
        headLength,
        feedForwardLength,
        vocabularySize,
        tied,
        131_072,
        500_000,
        Optional.of(scaling),
        experts);
  }

  private ModelShape withFamily(ModelFamily newFamily, int newHeadLength) {
    return new ModelShape(
        name,
        newFamily,
        blockCount,
        embeddingLength,
        headCount,
        headCountKv,
        newHeadLength,
        feedForwardLength,
        vocabularySize,
        tied,
        contextLength,
        ropeFreqBase,
        ropeScaling,
        experts);
  }

  private ModelShape withRope(int newContextLength, float newRopeFreqBase) {
    return new ModelShape(
        name,
        family,
        blockCount,
        embeddingLength,
        headCount,
        headCountKv,
        headLength,
        feedForwardLength,
        vocabularySize,
        tied,
        newContextLength,
        newRopeFreqBase,
        Optional.empty(),
        experts);
  }

  private ModelShape withExperts(Experts newExperts) {
    return new ModelShape(
        name,
        family,
        blockCount,
        embeddingLength,
        headCount,
        headCountKv,
        headLength,
        feedForwardLength,
        vocabularySize,
        tied,
        contextLength,
        ropeFreqBase,
        ropeScaling,
        Optional.of(newExperts));
  }
}
