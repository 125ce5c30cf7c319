package dev.jmr.runtime;

import dev.jmr.model.embedding.Pooling;
import java.util.List;
import java.util.Optional;

/// Texts whose embeddings are asked for.
///
/// @param inputs at least one
/// @param pooling empty = the model's own; not [Pooling#RANK]
/// @param normalize whether vectors are scaled to Euclidean length 1; those of [Pooling#NONE] never are
/// @param dimensions how many of a vector's first numbers to keep, before it is scaled: of use with models that were
///     trained for it (Matryoshka); 0 = all
/// @param truncate whether a text that is longer than the context is cut at its end, rather than refused
public record EmbeddingRequest(
    List<EmbeddingInput> inputs,
    Optional<Pooling> pooling,
    boolean normalize,
    int dimensions,
    boolean truncate) {
  public EmbeddingRequest {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("embedding inputs: expected at least one, got none");
    }
    if (dimensions < 0) {
      throw new IllegalArgumentException("dimensions: expected 0 (all) or more, got " + dimensions);
    }
    if (pooling.equals(Optional.of(Pooling.RANK))) {
      throw new IllegalArgumentException(
          "pooling: expected one that makes vectors (none, mean, cls, last), got rank, which makes scores; ask for a ranking");
    }
  }

  /// Inputs with the model's own pooling, normalised, whole; too long ones are refused.
  public static EmbeddingRequest of(List<EmbeddingInput> inputs) {
    return new EmbeddingRequest(inputs, Optional.empty(), true, 0, false);
  }

  /// The same of plain texts, in which control tokens are not read.
  public static EmbeddingRequest ofTexts(List<String> texts) {
    return of(
        texts.stream().<EmbeddingInput>map(text -> new EmbeddingInput.Text(text, false)).toList());
  }

  public EmbeddingRequest withPooling(Pooling value) {
    return new EmbeddingRequest(inputs, Optional.of(value), normalize, dimensions, truncate);
  }

  public EmbeddingRequest withNormalize(boolean value) {
    return new EmbeddingRequest(inputs, pooling, value, dimensions, truncate);
  }

  public EmbeddingRequest withDimensions(int count) {
    return new EmbeddingRequest(inputs, pooling, normalize, count, truncate);
  }

  public EmbeddingRequest withTruncate(boolean value) {
    return new EmbeddingRequest(inputs, pooling, normalize, dimensions, value);
  }
}
