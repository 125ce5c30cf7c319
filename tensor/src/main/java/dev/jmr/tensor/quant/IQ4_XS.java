package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements with the levels of [IQ4_NL] in 8 sub-blocks with a 6-bit scale each: `x = d · (scale − 32) · level(q)`.
///
/// Layout: `half d`, 16 bits with the upper two bits of the scales (sub-block 0 lowest), 4 bytes with their low nibbles
/// (even sub-block low), then 16 bytes of codes per sub-block: elements 0–15 in the low nibbles, 16–31 in the high.
public final class IQ4_XS extends BlockwiseFormat {
  private static final int HIGH_SCALES = 2;
  private static final int LOW_SCALES = 4;
  private static final int CODES = 8;
  private static final int SUB_BLOCKS = 8;
  private static final int HALF = 16;

  public IQ4_XS() {
    super(SUB_BLOCKS * 2 * HALF, CODES + SUB_BLOCKS * HALF);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    int highScales = LittleEndian.u16(source, block + HIGH_SCALES);
    for (int s = 0; s < SUB_BLOCKS; s++) {
      int low = (LittleEndian.u8(source, block + LOW_SCALES + s / 2) >> (s % 2 * 4)) & 0xf;
      int high = (highScales >> (2 * s)) & 3;
      float scale = d * ((low | high << 4) - 32);
      long run = block + CODES + (long) s * HALF;
      for (int i = 0; i < HALF; i++) {
        int codes = LittleEndian.u8(source, run + i);
        target[at + 2 * s * HALF + i] = scale * IQ4_NL.level(codes & 0xf);
        target[at + (2 * s + 1) * HALF + i] = scale * IQ4_NL.level(codes >> 4);
      }
    }
  }
}
