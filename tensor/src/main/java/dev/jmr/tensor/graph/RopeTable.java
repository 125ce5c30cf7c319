package dev.jmr.tensor.graph;

/// Rotary position embedding, worked out for one model: the angle of pair `i` at position `p` is `p · frequency(i)`.
///
/// Every scaling scheme (linear, llama3 factors, YaRN, longrope) ends as a list of frequencies and one magnitude, so that
/// backends know one kind of rope only. Immutable.
public final class RopeTable {
  /// Which two elements of a head are rotated together.
  public enum Pairing {
    /// Elements `2i` and `2i + 1`. ggml `GGML_ROPE_TYPE_NORMAL`.
    INTERLEAVED,
    /// Elements `i` and `i + n/2` of the `n` rotated ones. ggml `GGML_ROPE_TYPE_NEOX`.
    HALVES
  }

  private final Pairing pairing;
  private final int headSize;
  private final float[] frequencies;
  private final float magnitude;

  /// A table with these frequencies.
  ///
  /// @param headSize elements of a head; those after `2 · frequencies.length` are left as they are
  /// @param frequencies radians per position, one for each pair
  /// @param magnitude multiplies both sine and cosine
  public RopeTable(Pairing pairing, int headSize, float[] frequencies, float magnitude) {
    if (frequencies.length == 0 || 2 * frequencies.length > headSize) {
      throw new dev.jmr.tensor.ShapeMismatchException(
          "rope: expected 1 to %d pairs for head size %d, got %d"
              .formatted(headSize / 2, headSize, frequencies.length));
    }
    this.pairing = pairing;
    this.headSize = headSize;
    this.frequencies = frequencies.clone();
    this.magnitude = magnitude;
  }

  public Pairing pairing() {
    return pairing;
  }

  public int headSize() {
    return headSize;
  }

  /// How many pairs of a head are rotated.
  public int pairCount() {
    return frequencies.length;
  }

  /// Radians per position of pair `index`.
  public float frequency(int index) {
    return frequencies[index];
  }

  public float magnitude() {
    return magnitude;
  }

  @Override
  public String toString() {
    return "%s pairs=%d headSize=%d base=%.6g..%.6g magnitude=%s"
        .formatted(
            pairing,
            frequencies.length,
            headSize,
            frequencies[0],
            frequencies[frequencies.length - 1],
            magnitude);
  }
}
