package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 32 elements of 4 bits that choose one of 16 unevenly spaced levels, with one scale: `x = d · level(q)`.
///
/// Layout: `half d`, then 16 bytes whose low nibbles are elements 0–15 and high nibbles elements 16–31.
public final class IQ4_NL extends BlockwiseFormat {
  private static final byte[] LEVELS = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };
  private static final int CODES = 2;
  private static final int HALF = 16;

  public IQ4_NL() {
    super(2 * HALF, CODES + HALF);
  }

  /// The level that a 4-bit code chooses, denser around 0; also those of IQ4_XS.
  static int level(int code) {
    return LEVELS[code];
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    for (int i = 0; i < HALF; i++) {
      int codes = LittleEndian.u8(source, block + CODES + i);
      target[at + i] = d * level(codes & 0xf);
      target[at + HALF + i] = d * level(codes >> 4);
    }
  }
}
