package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements of 3 bits around 0 in 16 sub-blocks with a 6-bit scale each: `x = d · (scale − 32) · (q − 4)`.
///
/// Layout: 32 bytes of third bits, 64 bytes of low bits ([TwoBits]), 12 bytes of scales, `half d`. The third bit of
/// element `32 · n + i` is bit `n` of byte `i`. The low four bits of scales 0–7 are the low nibbles of the first 8
/// bytes, those of scales 8–15 their high nibbles; the upper two bits of scale `4 · n + i` are bits `2n` and `2n + 1`
/// of byte `8 + i`.
public final class Q3_K extends BlockwiseFormat {
  private static final int SIZE = 256;
  private static final int CODES = 32;
  private static final int SCALES = 96;
  private static final int HIGH_SCALES = SCALES + 8;
  private static final int D = 108;
  private static final int SUB_BLOCK_SIZE = 16;

  public Q3_K() {
    super(SIZE, D + 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block + D);
    for (int i = 0; i < SIZE; i++) {
      int low = (LittleEndian.u8(source, block + CODES + TwoBits.octet(i)) >> TwoBits.shift(i)) & 3;
      int high = (LittleEndian.u8(source, block + i % 32) >> (i / 32)) & 1;
      float scale = d * (scale(source, block, i / SUB_BLOCK_SIZE) - 32);
      target[at + i] = scale * ((low | high << 2) - 4);
    }
  }

  private static int scale(MemorySegment source, long block, int subBlock) {
    int low = LittleEndian.u8(source, block + SCALES + subBlock % 8) >> (subBlock / 8 * 4);
    int high = LittleEndian.u8(source, block + HIGH_SCALES + subBlock % 4) >> (subBlock / 4 * 2);
    return (low & 0xf) | (high & 3) << 4;
  }
}
