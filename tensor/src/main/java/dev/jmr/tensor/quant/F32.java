package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 32-bit IEEE floats, one per block.
public final class F32 implements BlockFormat {
  @Override
  public int blockSize() {
    return 1;
  }

  @Override
  public int blockBytes() {
    return Float.BYTES;
  }

  @Override
  public void dequantize(
      MemorySegment source, long byteOffset, float[] target, int targetOffset, int count) {
    MemorySegment.copy(source, LittleEndian.FLOAT, byteOffset, target, targetOffset, count);
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  @Override
  public void quantize(
      float[] source, int sourceOffset, MemorySegment target, long byteOffset, int count) {
    MemorySegment.copy(source, sourceOffset, target, LittleEndian.FLOAT, byteOffset, count);
  }
}
