package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements in groups of 8 that choose a point of −1, 0 and 1 and a shift of ±⅛, with a 3-bit scale for each two
/// groups: `x = d · (2 · scale + 1) · (point ± ⅛)`.
///
/// Layout: 32 bytes with the low bits of a group's code each, 16 bytes with a nibble per group (upper three bits of its
/// code, sign of its shift), then four times 16 bits: four scales, the first lowest, and on top a quarter of `half d`,
/// the lowest quarter first.
public final class IQ1_M extends BlockwiseFormat {
  private static final int GROUPS = 32;
  private static final int GROUP_SIZE = 8;
  private static final int HIGH_BITS = GROUPS;
  private static final int SCALES = HIGH_BITS + GROUPS / 2;

  public IQ1_M() {
    super(GROUPS * GROUP_SIZE, SCALES + GROUPS / 4);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = d(source, block);
    for (int g = 0; g < GROUPS; g++) {
      int scales = LittleEndian.u16(source, block + SCALES + g / 8 * 2L);
      float scale = d * (2 * ((scales >> (g % 8 / 2 * 3)) & 7) + 1);
      int nibble = (LittleEndian.u8(source, block + HIGH_BITS + g / 2) >> (g % 2 * 4)) & 0xf;
      float shift = nibble >> 3 == 1 ? -IQ1_Codebook.SHIFT : IQ1_Codebook.SHIFT;
      int code = LittleEndian.u8(source, block + g) | (nibble & 7) << 8;
      for (int i = 0; i < GROUP_SIZE; i++) {
        int element = IQ1_Codebook.POINTS.element(code, i);
        target[at + g * GROUP_SIZE + i] = scale * (element + shift);
      }
    }
  }

  private static float d(MemorySegment source, long block) {
    int bits = 0;
    for (int quarter = 0; quarter < 4; quarter++) {
      int top = LittleEndian.u16(source, block + SCALES + 2L * quarter) >> 12;
      bits |= top << (4 * quarter);
    }
    return Float.float16ToFloat((short) bits);
  }
}
