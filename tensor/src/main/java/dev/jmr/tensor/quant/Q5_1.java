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
}
