package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements in groups of 8 that choose two points of a codebook and signs, with a 4-bit scale for each four groups:
/// `x = d · (scale + ½) / 2 · point · sign`.
///
/// Layout: `half d`, 64 bytes of codes, two to a group, then 32 bits per four groups: seven bits of [Signs] for each
/// group, the first lowest, and the scale on top.
public final class IQ3_XXS extends BlockwiseFormat {
  private static final int GROUPS = 32;
  private static final int GROUP_SIZE = 8;
  private static final int CODES = 2;
  private static final int SIGNS_AND_SCALES = CODES + 2 * GROUPS;

  public IQ3_XXS() {
    super(GROUPS * GROUP_SIZE, SIGNS_AND_SCALES + GROUPS);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int g = 0; g < GROUPS; g++) {
      int signsAndScale = LittleEndian.u32(source, block + SIGNS_AND_SCALES + g / 4 * 4L);
      float scale = d * (0.5f + (signsAndScale >>> 28)) * 0.5f;
      int signs = Signs.completeToEven((signsAndScale >>> (g % 4 * 7)) & 0x7f);
      int first = LittleEndian.u8(source, block + CODES + 2L * g);
      int second = LittleEndian.u8(source, block + CODES + 2L * g + 1);
      int to = at + g * GROUP_SIZE;
      IQ3_XXS_Codebook.POINTS.decode(first, signs, scale, target, to);
      IQ3_XXS_Codebook.POINTS.decode(second, signs >> 4, scale, target, to + GROUP_SIZE / 2);
    }
  }
}
