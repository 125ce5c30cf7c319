package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements in groups of 8 that choose a point of a codebook and signs, with a 4-bit scale for each four groups:
/// `x = d · (scale + ½) / 4 · point · sign`.
///
/// Layout: `half d`, then 8 bytes per four groups: a byte of code for each group, and 32 bits that are seven bits of
/// [Signs] for each group, the first lowest, and the scale on top.
public final class IQ2_XXS extends BlockwiseFormat {
  private static final int CODES = 2;
  private static final int SUB_BLOCKS = 8;
  private static final int SUB_BLOCK_BYTES = 8;
  private static final int GROUPS = 4;
  private static final int GROUP_SIZE = 8;

  public IQ2_XXS() {
    super(SUB_BLOCKS * GROUPS * GROUP_SIZE, CODES + SUB_BLOCKS * SUB_BLOCK_BYTES);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int s = 0; s < SUB_BLOCKS; s++) {
      long codes = block + CODES + (long) s * SUB_BLOCK_BYTES;
      int signsAndScale = LittleEndian.u32(source, codes + GROUPS);
      float scale = d * (0.5f + (signsAndScale >>> 28)) * 0.25f;
      for (int g = 0; g < GROUPS; g++) {
        int code = LittleEndian.u8(source, codes + g);
        int signs = Signs.completeToEven((signsAndScale >>> (7 * g)) & 0x7f);
        int to = at + (s * GROUPS + g) * GROUP_SIZE;
        IQ2_XXS_Codebook.POINTS.decode(code, signs, scale, target, to);
      }
    }
  }
}
