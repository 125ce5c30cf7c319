package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements in groups of 8 that choose a point of −1, 0 and 1, with a 3-bit scale and a shift of ±⅛ for each four
/// groups: `x = d · (2 · scale + 1) · (point ± ⅛)`.
///
/// Layout: `half d`, 32 bytes with the low bits of a group's code each, then 16 bits per four groups: the upper three
/// bits of each code (the first lowest), the scale, and on top the sign of the shift.
public final class IQ1_S extends BlockwiseFormat {
  private static final int GROUPS = 32;
  private static final int GROUP_SIZE = 8;
  private static final int CODES = 2;
  private static final int HIGH_BITS = CODES + GROUPS;

  public IQ1_S() {
    super(GROUPS * GROUP_SIZE, HIGH_BITS + GROUPS / 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int g = 0; g < GROUPS; g++) {
      int bits = LittleEndian.u16(source, block + HIGH_BITS + g / 4 * 2L);
      float scale = d * (2 * ((bits >> 12) & 7) + 1);
      float shift = bits >> 15 == 1 ? -IQ1_Codebook.SHIFT : IQ1_Codebook.SHIFT;
      int low = LittleEndian.u8(source, block + CODES + g);
      int high = (bits >> (g % 4 * 3)) & 7;
      for (int i = 0; i < GROUP_SIZE; i++) {
        int element = IQ1_Codebook.POINTS.element(low | high << 8, i);
        target[at + g * GROUP_SIZE + i] = scale * (element + shift);
      }
    }
  }
}
