package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 32 elements of 5 bits around 0 with one scale: `x = d · (q − 16)`.
///
/// Layout: `half d`, 32 bits that are the fifth bits of elements 0–31, then 16 bytes whose low nibbles are the low bits
/// of elements 0–15 and high nibbles those of elements 16–31.
public final class Q5_0 extends BlockwiseFormat {
  private static final int FIFTH_BITS = 2;
  private static final int CODES = 6;
  private static final int HALF = 16;

  public Q5_0() {
    super(2 * HALF, CODES + HALF);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    int fifthBits = LittleEndian.u32(source, block + FIFTH_BITS);
    for (int i = 0; i < HALF; i++) {
      int codes = LittleEndian.u8(source, block + CODES + i);
      int low = (codes & 0xf) | ((fifthBits >>> i) & 1) << 4;
      int high = codes >> 4 | ((fifthBits >>> (HALF + i)) & 1) << 4;
      target[at + i] = (low - 16) * d;
      target[at + HALF + i] = (high - 16) * d;
    }
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  /// Gives the element of greatest magnitude the code 0, the end of the range that reaches furthest (−16).
  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    float d = Extremes.signed(source, at, 2 * HALF) / -16;
    float inverse = d == 0 ? 0 : 1 / d;
    LittleEndian.putHalf(target, block, d);
    int fifthBits = 0;
    for (int i = 0; i < HALF; i++) {
      int low = code(source[at + i] * inverse);
      int high = code(source[at + HALF + i] * inverse);
      LittleEndian.put8(target, block + CODES + i, (low & 0xf) | (high & 0xf) << 4);
      fifthBits |= low >> 4 << i | high >> 4 << (HALF + i);
    }
    LittleEndian.put32(target, block + FIFTH_BITS, fifthBits);
  }

  private static int code(float scaled) {
    return Math.clamp((int) (scaled + 16.5f), 0, 31);
  }
}
