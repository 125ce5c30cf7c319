package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 32 elements of 4 bits with a scale and a minimum: `x = d · q + m`.
///
/// Layout: `half d`, `half m`, then 16 bytes whose low nibbles are elements 0–15 and high nibbles elements 16–31.
public final class Q4_1 extends BlockwiseFormat {
  private static final int M = 2;
  private static final int CODES = 4;
  private static final int HALF = 16;
  private static final int MAX_CODE = 15;

  public Q4_1() {
    super(2 * HALF, CODES + HALF);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    float m = LittleEndian.half(source, block + M);
    for (int i = 0; i < HALF; i++) {
      int codes = LittleEndian.u8(source, block + CODES + i);
      target[at + i] = (codes & 0xf) * d + m;
      target[at + HALF + i] = (codes >> 4) * d + m;
    }
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  /// Spreads the codes from the least to the greatest element.
  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    float m = Extremes.least(source, at, 2 * HALF);
    float d = (Extremes.greatest(source, at, 2 * HALF) - m) / MAX_CODE;
    float inverse = d == 0 ? 0 : 1 / d;
    LittleEndian.putHalf(target, block, d);
    LittleEndian.putHalf(target, block + M, m);
    for (int i = 0; i < HALF; i++) {
      int low = code((source[at + i] - m) * inverse);
      int high = code((source[at + HALF + i] - m) * inverse);
      LittleEndian.put8(target, block + CODES + i, low | high << 4);
    }
  }

  private static int code(float scaled) {
    return Math.clamp((int) (scaled + 0.5f), 0, MAX_CODE);
  }
}
