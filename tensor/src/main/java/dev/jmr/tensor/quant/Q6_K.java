package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements of 6 bits around 0 in 16 sub-blocks with a signed 8-bit scale each: `x = (d · scale) · (q − 32)`.
///
/// Layout: 128 bytes of low nibbles, 64 bytes of high bit pairs, 16 scales, `half d`. Each half of the block (128
/// elements) is four runs of 32: runs 0 and 1 are the low nibbles of 64 bytes, runs 2 and 3 their high nibbles; the
/// upper two bits of all four share 32 bytes, run 0 lowest.
public final class Q6_K extends BlockwiseFormat {
  private static final int SIZE = 256;
  private static final int HIGH = 128;
  private static final int SCALES = 192;
  private static final int D = 208;
  private static final int SUB_BLOCK_SIZE = 16;

  public Q6_K() {
    super(SIZE, D + 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block + D);
    for (int i = 0; i < SIZE; i++) {
      int low = (LittleEndian.u8(source, block + lowByte(i)) >> lowShift(i)) & 0xf;
      int high = (LittleEndian.u8(source, block + highByte(i)) >> highShift(i)) & 3;
      float scale = d * LittleEndian.i8(source, block + SCALES + i / SUB_BLOCK_SIZE);
      target[at + i] = scale * ((low | high << 4) - 32);
    }
  }

  private static int lowByte(int i) {
    return i / 128 * 64 + i % 64;
  }

  private static int lowShift(int i) {
    return i % 128 / 64 * 4;
  }

  private static int highByte(int i) {
    return HIGH + i / 128 * 32 + i % 32;
  }

  private static int highShift(int i) {
    return i % 128 / 32 * 2;
  }
}
