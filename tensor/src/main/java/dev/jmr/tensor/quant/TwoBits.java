package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// Where K-quants and TQ2_0 keep 256 two-bit numbers in 64 bytes: each half (128 elements) is four runs of 32 that
/// share 32 bytes, run 0 in their lowest bits.
final class TwoBits {
  private static final int SIZE = 256;
  private static final int BYTES = 64;

  private TwoBits() {}

  /// The byte that holds element `i`.
  static int octet(int i) {
    return i / 128 * 32 + i % 32;
  }

  /// How far up in its byte element `i` is.
  static int shift(int i) {
    return i % 128 / 32 * 2;
  }

  /// Writes the two lowest bits of 256 numbers to the 64 bytes from `offset` on.
  static void put(MemorySegment target, long offset, int[] numbers) {
    int[] octets = new int[BYTES];
    for (int i = 0; i < SIZE; i++) {
      octets[octet(i)] |= (numbers[i] & 3) << shift(i);
    }
    for (int i = 0; i < BYTES; i++) {
      LittleEndian.put8(target, offset + i, octets[i]);
    }
  }
}
