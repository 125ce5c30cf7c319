package dev.jmr.runtime;

/// The embedding of one input.
///
/// @param vectors one; with [Pooling#NONE] one for each token. All of one length; belong to the caller
/// @param tokenCount tokens that were read, special ones included
/// @param truncated whether the input was longer
public record Embedding(float[][] vectors, int tokenCount, boolean truncated) {
  /// The vector of a pooled embedding, the first token's of another.
  public float[] vector() {
    return vectors[0];
  }
}
