package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements of 4 bits in 8 sub-blocks, each with a scale and a minimum: `x = (d · scale) · q − dmin · min`.
///
/// Layout: `half d`, `half dmin`, 12 bytes of [ScalesAndMins], then 128 bytes of codes: a pair of sub-blocks shares 32
/// bytes, the even one in their low nibbles, the odd one in their high nibbles.
public final class Q4_K extends BlockwiseFormat {
  private static final int DMIN = 2;
  private static final int SCALES = 4;
  private static final int CODES = SCALES + ScalesAndMins.BYTES;
  private static final int SUB_BLOCKS = 8;
  private static final int SUB_BLOCK_SIZE = 32;

  public Q4_K() {
    super(SUB_BLOCKS * SUB_BLOCK_SIZE, CODES + SUB_BLOCKS * SUB_BLOCK_SIZE / 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    float dmin = LittleEndian.half(source, block + DMIN);
    for (int s = 0; s < SUB_BLOCKS; s++) {
      float scale = d * ScalesAndMins.scale(source, block + SCALES, s);
      float min = dmin * ScalesAndMins.min(source, block + SCALES, s);
      long codes = block + codes(s);
      int shift = shift(s);
      for (int i = 0; i < SUB_BLOCK_SIZE; i++) {
        int code = (LittleEndian.u8(source, codes + i) >> shift) & 0xf;
        target[at + s * SUB_BLOCK_SIZE + i] = scale * code - min;
      }
    }
  }

  private static int codes(int subBlock) {
    return CODES + subBlock / 2 * SUB_BLOCK_SIZE;
  }

  private static int shift(int subBlock) {
    return subBlock % 2 * 4;
  }
}
