package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 32 elements of 4 bits with a scale and a minimum: `x = d · q + m`.
///
/// Layout: `half d`, `half m`, then 16 bytes whose low nibbles are elements 0–15 and high nibbles elements 16–31.
public final class Q4_1 extends BlockwiseFormat {
  private static final int M = 2;
  private static final int CODES = 4;
  private static final int HALF = 16;

  public Q4_1() {
    super(2 * HALF, CODES + HALF);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    float m = LittleEndian.half(source, block + M);
    for (int i = 0; i < HALF; i++) {
      int codes = LittleEndian.u8(source, block + CODES + i);
      target[at + i] = (codes & 0xf) * d + m;
      target[at + HALF + i] = (codes >> 4) * d + m;
    }
  }
}
