package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements in groups of 8 that choose two points of a codebook and signs, with a 4-bit scale for each four groups:
/// `x = d · (1 + 2 · scale) · point · sign`.
///
/// Layout: `half d`, 64 bytes with the low bits of a code each, two codes to a group, 8 bytes with the ninth bits of
/// eight codes each (the first lowest), a byte of signs per group, 4 bytes of scales, the even ones in their low
/// nibbles.
public final class IQ3_S extends BlockwiseFormat {
  private static final int GROUPS = 32;
  private static final int GROUP_SIZE = 8;
  private static final int CODES = 2;
  private static final int NINTH_BITS = CODES + 2 * GROUPS;
  private static final int SIGNS = NINTH_BITS + GROUPS / 4;
  private static final int SCALES = SIGNS + GROUPS;

  public IQ3_S() {
    super(GROUPS * GROUP_SIZE, SCALES + GROUPS / 8);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int g = 0; g < GROUPS; g++) {
      int scaleBits = (LittleEndian.u8(source, block + SCALES + g / 8) >> (g % 8 / 4 * 4)) & 0xf;
      float scale = d * (1 + 2 * scaleBits);
      int signs = LittleEndian.u8(source, block + SIGNS + g);
      int to = at + g * GROUP_SIZE;
      int first = code(source, block, 2 * g);
      int second = code(source, block, 2 * g + 1);
      IQ3_S_Codebook.POINTS.decode(first, signs, scale, target, to);
      IQ3_S_Codebook.POINTS.decode(second, signs >> 4, scale, target, to + GROUP_SIZE / 2);
    }
  }

  private static int code(MemorySegment source, long block, int i) {
    int low = LittleEndian.u8(source, block + CODES + i);
    int ninth = (LittleEndian.u8(source, block + NINTH_BITS + i / 8) >> (i % 8)) & 1;
    return low | ninth << 8;
  }
}
