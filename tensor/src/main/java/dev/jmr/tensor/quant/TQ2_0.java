package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements of −1, 0 or 1 in 2 bits each with one scale: `x = d · (q − 1)`.
///
/// Layout: 64 bytes of codes ([TwoBits]), `half d`.
public final class TQ2_0 extends BlockwiseFormat {
  private static final int SIZE = 256;
  private static final int D = 64;

  public TQ2_0() {
    super(SIZE, D + 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block + D);
    for (int i = 0; i < SIZE; i++) {
      int code = (LittleEndian.u8(source, block + TwoBits.octet(i)) >> TwoBits.shift(i)) & 3;
      target[at + i] = (code - 1) * d;
    }
  }
}
