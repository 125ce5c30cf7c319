package dev.jmr.tensor.graph;

import dev.jmr.tensor.ShapeMismatchException;

/// What one attention operation looks like. Axes: `H` query heads share `K` key-value heads in groups of `H / K`.
///
/// @param headCount `H`
/// @param headCountKv `K`, divides `H`
/// @param headSize `D` of queries, keys and values
/// @param scale multiplies query · key before the softmax
/// @param slidingWindow a token sees itself and the `slidingWindow - 1` tokens before it; 0 = all before it
public record AttentionSpec(
    int headCount, int headCountKv, int headSize, float scale, int slidingWindow) {
  public AttentionSpec {
    if (headCountKv <= 0 || headCount <= 0 || headCount % headCountKv != 0) {
      throw new ShapeMismatchException(
          "attention: expected head_count to be a multiple of head_count_kv, got %d and %d"
              .formatted(headCount, headCountKv));
    }
    if (headSize <= 0 || slidingWindow < 0) {
      throw new ShapeMismatchException(
          "attention: expected a positive head size and a window >= 0, got %d and %d"
              .formatted(headSize, slidingWindow));
    }
  }

  /// Floats in a row of queries, and of the result.
  public int queryWidth() {
    return headCount * headSize;
  }

  /// Floats in a row of keys, and of values.
  public int kvWidth() {
    return headCountKv * headSize;
  }

  /// The first position that a token at `position` sees.
  public int firstVisible(int position) {
    return slidingWindow == 0 ? 0 : Math.max(0, position - slidingWindow + 1);
  }
}
