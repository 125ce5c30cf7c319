package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 32 elements of 4 bits around 0 with one scale: `x = d · (q − 8)`.
///
/// Layout: `half d`, then 16 bytes whose low nibbles are elements 0–15 and high nibbles elements 16–31.
public final class Q4_0 extends BlockwiseFormat {
  private static final int CODES = 2;
  private static final int HALF = 16;

  public Q4_0() {
    super(2 * HALF, CODES + HALF);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int i = 0; i < HALF; i++) {
      int codes = LittleEndian.u8(source, block + CODES + i);
      target[at + i] = ((codes & 0xf) - 8) * d;
      target[at + HALF + i] = ((codes >> 4) - 8) * d;
    }
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  /// Gives the element of greatest magnitude the code 0, the end of the range that reaches furthest (−8).
  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    float d = Extremes.signed(source, at, 2 * HALF) / -8;
    float inverse = d == 0 ? 0 : 1 / d;
    LittleEndian.putHalf(target, block, d);
    for (int i = 0; i < HALF; i++) {
      int low = code(source[at + i] * inverse);
      int high = code(source[at + HALF + i] * inverse);
      LittleEndian.put8(target, block + CODES + i, low | high << 4);
    }
  }

  private static int code(float scaled) {
    return Math.clamp((int) (scaled + 8.5f), 0, 15);
  }
}
