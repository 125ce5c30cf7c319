package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 32 elements of 8 bits with one scale: `x = d · q`.
///
/// Layout: `half d`, then 32 signed bytes.
public final class Q8_0 extends BlockwiseFormat {
  private static final int CODES = 2;
  private static final int SIZE = 32;

  public Q8_0() {
    super(SIZE, CODES + SIZE);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int i = 0; i < SIZE; i++) {
      target[at + i] = LittleEndian.i8(source, block + CODES + i) * d;
    }
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    float d = Extremes.magnitude(source, at, SIZE) / 127;
    float inverse = d == 0 ? 0 : 1 / d;
    LittleEndian.putHalf(target, block, d);
    for (int i = 0; i < SIZE; i++) {
      int code = roundHalfAwayFromZero(source[at + i] * inverse);
      LittleEndian.put8(target, block + CODES + i, code);
    }
  }

  /// As C's `roundf`; `Math.round` takes −63.5 to −63.
  private static int roundHalfAwayFromZero(float x) {
    return x < 0 ? -Math.round(-x) : Math.round(x);
  }
}
