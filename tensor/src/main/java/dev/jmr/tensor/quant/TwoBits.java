package dev.jmr.tensor.quant;

/// Where K-quants and TQ2_0 keep 256 two-bit numbers in 64 bytes: each half (128 elements) is four runs of 32 that
/// share 32 bytes, run 0 in their lowest bits.
final class TwoBits {
  private TwoBits() {}

  /// The byte that holds element `i`.
  static int octet(int i) {
    return i / 128 * 32 + i % 32;
  }

  /// How far up in its byte element `i` is.
  static int shift(int i) {
    return i % 128 / 32 * 2;
  }
}
