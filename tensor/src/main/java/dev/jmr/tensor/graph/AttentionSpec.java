package dev.jmr.tensor.graph;

import dev.jmr.tensor.ShapeMismatchException;

/// What one attention operation looks like. Axes: `H` query heads share `K` key-value heads in groups of `H / K`.
///
/// @param headCount `H`
/// @param headCountKv `K`, divides `H`
/// @param keyLength `D`: elements of a query and a key
/// @param valueLength elements of a value and of a result; usually `D` as well
/// @param scale multiplies query · key before the softmax
/// @param mask which positions a token sees
/// @param softcap if positive, a scaled score `s` becomes `softcap · tanh(s / softcap)`; 0 = it stays
public record AttentionSpec(
    int headCount,
    int headCountKv,
    int keyLength,
    int valueLength,
    float scale,
    AttentionMask mask,
    float softcap) {
  public AttentionSpec {
    if (headCountKv <= 0 || headCount <= 0 || headCount % headCountKv != 0) {
      throw new ShapeMismatchException(
          "attention: expected head_count to be a multiple of head_count_kv, got %d and %d"
              .formatted(headCount, headCountKv));
    }
    if (keyLength <= 0 || valueLength <= 0) {
      throw new ShapeMismatchException(
          "attention: expected heads with elements, got key length %d and value length %d"
              .formatted(keyLength, valueLength));
    }
    if (!(softcap >= 0 && softcap <= Float.MAX_VALUE)) {
      throw new ShapeMismatchException("attention: expected a soft cap >= 0, got " + softcap);
    }
  }

  /// Causal attention with values as long as keys.
  public AttentionSpec(int headCount, int headCountKv, int headSize, float scale) {
    this(headCount, headCountKv, headSize, headSize, scale, AttentionMask.CAUSAL, 0);
  }

  /// The same with this mask.
  public AttentionSpec withMask(AttentionMask other) {
    return new AttentionSpec(headCount, headCountKv, keyLength, valueLength, scale, other, softcap);
  }

  /// The same with a sliding window of so many tokens.
  public AttentionSpec withSlidingWindow(int window) {
    return withMask(new AttentionMask.Sliding(window));
  }

  /// The same with scores between `-cap` and `cap`.
  public AttentionSpec withSoftcap(float cap) {
    return new AttentionSpec(headCount, headCountKv, keyLength, valueLength, scale, mask, cap);
  }

  /// The same with values of another length.
  public AttentionSpec withValueLength(int length) {
    return new AttentionSpec(headCount, headCountKv, keyLength, length, scale, mask, softcap);
  }

  /// Query heads that share a key-value head.
  public int groupSize() {
    return headCount / headCountKv;
  }

  /// Floats in a row of queries.
  public int queryWidth() {
    return headCount * keyLength;
  }

  /// Floats in a row of keys.
  public int keyWidth() {
    return headCountKv * keyLength;
  }

  /// Floats in a row of values.
  public int valueWidth() {
    return headCountKv * valueLength;
  }

  /// Floats in a row of results.
  public int resultWidth() {
    return headCount * valueLength;
  }

  /// The settings as `heads=32/8 keys=64 …`, for listings.
  @Override
  public String toString() {
    return "heads=%d/%d length=%d%s scale=%s %s%s"
        .formatted(
            headCount,
            headCountKv,
            keyLength,
            valueLength == keyLength ? "" : "/" + valueLength,
            scale,
            mask,
            softcap == 0 ? "" : " softcap=" + softcap);
  }
}
