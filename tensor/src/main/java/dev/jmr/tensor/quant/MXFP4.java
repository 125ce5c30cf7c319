package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 32 floats of 4 bits (E2M1) with a power of two as scale: `x = 2^(e − 127) · q`. Source: OCP Microscaling Formats
/// 1.0.
///
/// Layout: byte `e`, then 16 bytes whose low nibbles are elements 0–15 and high nibbles elements 16–31.
public final class MXFP4 extends BlockwiseFormat {
  private static final int CODES = 1;
  private static final int HALF = 16;

  public MXFP4() {
    super(2 * HALF, CODES + HALF);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float scale = SmallFloats.halvedE8M0(LittleEndian.u8(source, block));
    for (int i = 0; i < HALF; i++) {
      int codes = LittleEndian.u8(source, block + CODES + i);
      target[at + i] = SmallFloats.doubledE2M1(codes & 0xf) * scale;
      target[at + HALF + i] = SmallFloats.doubledE2M1(codes >> 4) * scale;
    }
  }
}
