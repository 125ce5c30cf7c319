package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements of 6 bits around 0 in 16 sub-blocks with a signed 8-bit scale each: `x = (d · scale) · (q − 32)`.
///
/// Layout: 128 bytes of low bits, 64 bytes of upper bits ([TwoBits]), 16 signed bytes of scales, `half d`. Each half of
/// the block (128 elements) has 64 bytes of low bits: their low nibbles are its first 64 elements, their high nibbles
/// its last 64.
public final class Q6_K extends BlockwiseFormat {
  private static final int SIZE = 256;
  private static final int HIGH_BITS = 128;
  private static final int SCALES = 192;
  private static final int D = 208;
  private static final int SUB_BLOCK_SIZE = 16;
  private static final int SUB_BLOCKS = 16;
  private static final int RANGE = 32;

  public Q6_K() {
    super(SIZE, D + 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block + D);
    for (int i = 0; i < SIZE; i++) {
      int low = (LittleEndian.u8(source, block + lowByte(i)) >> lowShift(i)) & 0xf;
      int high =
          (LittleEndian.u8(source, block + HIGH_BITS + TwoBits.octet(i)) >> TwoBits.shift(i)) & 3;
      float scale = d * LittleEndian.i8(source, block + SCALES + i / SUB_BLOCK_SIZE);
      target[at + i] = scale * ((low | high << 4) - RANGE);
    }
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  /// Fits each sub-block alone, then rounds its scale to 8 bits of the largest.
  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    FittedScales fitted =
        FittedScales.of(source, at, SUB_BLOCKS, SUB_BLOCK_SIZE, RANGE, -Byte.MIN_VALUE);
    LittleEndian.putHalf(target, block + D, fitted.unit());
    float d = LittleEndian.half(target, block + D);
    int[] scales = fitted.round(d);
    for (int s = 0; s < SUB_BLOCKS; s++) {
      LittleEndian.put8(target, block + SCALES + s, scales[s]);
    }
    target.asSlice(block, SCALES).fill((byte) 0);
    int[] codes = fitted.codes(scales, d);
    for (int i = 0; i < SIZE; i++) {
      putCode(target, block, i, codes[i]);
    }
  }

  private static void putCode(MemorySegment target, long block, int i, int code) {
    long low = block + lowByte(i);
    long high = block + HIGH_BITS + TwoBits.octet(i);
    LittleEndian.put8(target, low, LittleEndian.u8(target, low) | (code & 0xf) << lowShift(i));
    LittleEndian.put8(target, high, LittleEndian.u8(target, high) | code >> 4 << TwoBits.shift(i));
  }

  private static int lowByte(int i) {
    return i / 128 * 64 + i % 64;
  }

  private static int lowShift(int i) {
    return i % 128 / 64 * 4;
  }
}
