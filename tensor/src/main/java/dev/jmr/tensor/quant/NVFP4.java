package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 64 floats of 4 bits (E2M1) in 4 sub-blocks with an 8-bit float (E4M3) as scale each: `x = scale · q`.
///
/// Layout: 4 bytes of scales, then 8 bytes per sub-block whose low nibbles are elements 0–7 and high nibbles elements
/// 8–15. The scale of the whole tensor that belongs to NVFP4 is a tensor of its own.
public final class NVFP4 extends BlockwiseFormat {
  private static final int SUB_BLOCKS = 4;
  private static final int HALF = 8;

  public NVFP4() {
    super(SUB_BLOCKS * 2 * HALF, SUB_BLOCKS + SUB_BLOCKS * HALF);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    for (int s = 0; s < SUB_BLOCKS; s++) {
      float scale = SmallFloats.halvedE4M3(LittleEndian.u8(source, block + s));
      long run = block + SUB_BLOCKS + (long) s * HALF;
      for (int i = 0; i < HALF; i++) {
        int codes = LittleEndian.u8(source, run + i);
        target[at + 2 * s * HALF + i] = SmallFloats.doubledE2M1(codes & 0xf) * scale;
        target[at + (2 * s + 1) * HALF + i] = SmallFloats.doubledE2M1(codes >> 4) * scale;
      }
    }
  }
}
