package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 32 elements of 5 bits with a scale and a minimum: `x = d · q + m`.
///
/// Layout: `half d`, `half m`, 32 bits that are the fifth bits of elements 0–31, then 16 bytes whose low nibbles are
/// the low bits of elements 0–15 and high nibbles those of elements 16–31.
public final class Q5_1 extends BlockwiseFormat {
  private static final int M = 2;
  private static final int FIFTH_BITS = 4;
  private static final int CODES = 8;
  private static final int HALF = 16;
  private static final int MAX_CODE = 31;

  public Q5_1() {
    super(2 * HALF, CODES + HALF);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    float m = LittleEndian.half(source, block + M);
    int fifthBits = LittleEndian.u32(source, block + FIFTH_BITS);
    for (int i = 0; i < HALF; i++) {
      int codes = LittleEndian.u8(source, block + CODES + i);
      int low = (codes & 0xf) | ((fifthBits >>> i) & 1) << 4;
      int high = codes >> 4 | ((fifthBits >>> (HALF + i)) & 1) << 4;
      target[at + i] = low * d + m;
      target[at + HALF + i] = high * d + m;
    }
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  /// Spreads the codes from the least to the greatest element.
  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    float m = Extremes.least(source, at, 2 * HALF);
    float d = (Extremes.greatest(source, at, 2 * HALF) - m) / MAX_CODE;
    float inverse = d == 0 ? 0 : 1 / d;
    LittleEndian.putHalf(target, block, d);
    LittleEndian.putHalf(target, block + M, m);
    int fifthBits = 0;
    for (int i = 0; i < HALF; i++) {
      int low = code((source[at + i] - m) * inverse);
      int high = code((source[at + HALF + i] - m) * inverse);
      LittleEndian.put8(target, block + CODES + i, (low & 0xf) | (high & 0xf) << 4);
      fifthBits |= low >> 4 << i | high >> 4 << (HALF + i);
    }
    LittleEndian.put32(target, block + FIFTH_BITS, fifthBits);
  }

  private static int code(float scaled) {
    return Math.clamp((int) (scaled + 0.5f), 0, MAX_CODE);
  }
}
