package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 16-bit IEEE floats, one per block.
public final class F16 extends BlockwiseFormat {
  public F16() {
    super(1, Short.BYTES);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    target[at] = LittleEndian.half(source, block);
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    LittleEndian.putHalf(target, block, source[at]);
  }
}
