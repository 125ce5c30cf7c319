package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 128 elements of 1 bit with one scale: `x = d` where the bit is set, else `−d`.
///
/// Layout: `half d`, then 16 bytes, element 0 in the lowest bit of the first.
public final class Q1_0 extends BlockwiseFormat {
  private static final int CODES = 2;
  private static final int SIZE = 128;

  public Q1_0() {
    super(SIZE, CODES + SIZE / 8);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int i = 0; i < SIZE; i++) {
      int bit = (LittleEndian.u8(source, block + CODES + i / 8) >> (i % 8)) & 1;
      target[at + i] = bit == 1 ? d : -d;
    }
  }
}
