package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements in groups of 8 that choose a point of a codebook and signs, with a 4-bit scale for each two groups:
/// `x = d · (scale + ½) / 4 · point · sign`.
///
/// Layout: `half d`, 32 bytes with the low bits of a group's code each, 32 bytes of signs, 8 bytes with the upper two
/// bits of four codes each (the first lowest), 8 bytes of scales, the even ones in their low nibbles.
public final class IQ2_S extends BlockwiseFormat {
  private static final int GROUPS = 32;
  private static final int GROUP_SIZE = 8;
  private static final int CODES = 2;
  private static final int SIGNS = CODES + GROUPS;
  private static final int HIGH_BITS = SIGNS + GROUPS;
  private static final int SCALES = HIGH_BITS + GROUPS / 4;

  public IQ2_S() {
    super(GROUPS * GROUP_SIZE, SCALES + GROUPS / 4);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int g = 0; g < GROUPS; g++) {
      int scaleBits = (LittleEndian.u8(source, block + SCALES + g / 4) >> (g % 4 / 2 * 4)) & 0xf;
      float scale = d * (0.5f + scaleBits) * 0.25f;
      int low = LittleEndian.u8(source, block + CODES + g);
      int high = (LittleEndian.u8(source, block + HIGH_BITS + g / 4) >> (g % 4 * 2)) & 3;
      int signs = LittleEndian.u8(source, block + SIGNS + g);
      int to = at + g * GROUP_SIZE;
      IQ2_S_Codebook.POINTS.decode(low | high << 8, signs, scale, target, to);
    }
  }
}
