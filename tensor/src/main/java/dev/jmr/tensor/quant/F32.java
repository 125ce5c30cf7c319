package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// 32-bit IEEE floats, one per block.
public final class F32 implements BlockFormat {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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
    MemorySegment.copy(source, FLOAT, byteOffset, target, targetOffset, count);
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  @Override
  public void quantize(
      float[] source, int sourceOffset, MemorySegment target, long byteOffset, int count) {
    MemorySegment.copy(source, sourceOffset, target, FLOAT, byteOffset, count);
  }
}
