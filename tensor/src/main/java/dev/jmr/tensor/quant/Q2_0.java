package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 64 elements of 2 bits with one scale: `x = d · (q − 1)`.
///
/// Layout: `half d`, then 16 bytes, element 0 in the two lowest bits of the first.
public final class Q2_0 extends BlockwiseFormat {
  private static final int CODES = 2;
  private static final int SIZE = 64;

  public Q2_0() {
    super(SIZE, CODES + SIZE / 4);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int i = 0; i < SIZE; i++) {
      int code = (LittleEndian.u8(source, block + CODES + i / 4) >> (i % 4 * 2)) & 3;
      target[at + i] = (code - 1) * d;
    }
  }
}
