package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements in groups of 8 that choose a point of a codebook and signs, with a 4-bit scale for each two groups:
/// `x = d · (scale + ½) / 4 · point · sign`.
///
/// Layout: `half d`, 16 bits per group (9 bits of code, seven bits of [Signs] on top), then 8 bytes of scales, the even
/// ones in their low nibbles.
public final class IQ2_XS extends BlockwiseFormat {
  private static final int GROUPS = 32;
  private static final int GROUP_SIZE = 8;
  private static final int CODES = 2;
  private static final int SCALES = CODES + 2 * GROUPS;

  public IQ2_XS() {
    super(GROUPS * GROUP_SIZE, SCALES + GROUPS / 4);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int g = 0; g < GROUPS; g++) {
      int scaleBits = (LittleEndian.u8(source, block + SCALES + g / 4) >> (g % 4 / 2 * 4)) & 0xf;
      float scale = d * (0.5f + scaleBits) * 0.25f;
      int codeAndSigns = LittleEndian.u16(source, block + CODES + 2L * g);
      int signs = Signs.completeToEven(codeAndSigns >> 9);
      int to = at + g * GROUP_SIZE;
      IQ2_XS_Codebook.POINTS.decode(codeAndSigns & 0x1ff, signs, scale, target, to);
    }
  }
}
