package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements of −1, 0 or 1, five to a byte, with one scale: `x = d · (q − 1)`.
///
/// Layout: 52 bytes of codes, `half d`. A byte holds the digits of a fraction in base 3, times 256: multiply it by 3
/// and what overflows is the first digit, what remains holds the next. The digits at place `n` of the first 32 bytes
/// are elements `32n…`, those of the next 16 bytes elements `160 + 16n…`, those of the last 4 bytes, of which only
/// four places count, elements `240 + 4n…`.
public final class TQ1_0 extends BlockwiseFormat {
  private static final int SIZE = 256;
  private static final int D = 52;
  private static final int[] POWERS_OF_3 = {1, 3, 9, 27, 81};

  public TQ1_0() {
    super(SIZE, D + 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block + D);
    for (int i = 0; i < 160; i++) {
      target[at + i] = (digit(source, block + i % 32, i / 32) - 1) * d;
    }
    for (int i = 0; i < 80; i++) {
      target[at + 160 + i] = (digit(source, block + 32 + i % 16, i / 16) - 1) * d;
    }
    for (int i = 0; i < 16; i++) {
      target[at + 240 + i] = (digit(source, block + 48 + i % 4, i / 4) - 1) * d;
    }
  }

  private static int digit(MemorySegment source, long offset, int place) {
    int remainder = (LittleEndian.u8(source, offset) * POWERS_OF_3[place]) % 256;
    return (remainder * 3) >> 8;
  }
}
