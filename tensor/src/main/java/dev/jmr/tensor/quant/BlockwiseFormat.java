package dev.jmr.tensor.quant;

import dev.jmr.tensor.ShapeMismatchException;
import dev.jmr.tensor.UnsupportedTensorTypeException;
import java.lang.foreign.MemorySegment;

/// A format of blocks of fixed size: walks over them and leaves one block at a time to the subclass.
abstract class BlockwiseFormat implements BlockFormat {
  private final int blockSize;
  private final int blockBytes;

  /// @param blockSize elements in a block
  /// @param blockBytes bytes of a block
  BlockwiseFormat(int blockSize, int blockBytes) {
    this.blockSize = blockSize;
    this.blockBytes = blockBytes;
  }

  /// Decodes the block at byte offset `block` to the [#blockSize] floats from `at` on.
  abstract void dequantizeBlock(MemorySegment source, long block, float[] target, int at);

  /// Encodes the [#blockSize] floats from `at` on to the block at byte offset `block`, of which it writes every byte.
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    throw new UnsupportedTensorTypeException(
        "quantize: " + getClass().getSimpleName() + " can only be read");
  }

  @Override
  public final int blockSize() {
    return blockSize;
  }

  @Override
  public final int blockBytes() {
    return blockBytes;
  }

  @Override
  public final void dequantize(
      MemorySegment source, long byteOffset, float[] target, int targetOffset, int count) {
    int blocks = blocks("dequantize", count);
    for (int i = 0; i < blocks; i++) {
      long block = byteOffset + (long) i * blockBytes;
      dequantizeBlock(source, block, target, targetOffset + i * blockSize);
    }
  }

  @Override
  public final void quantize(
      float[] source, int sourceOffset, MemorySegment target, long byteOffset, int count) {
    int blocks = blocks("quantize", count);
    for (int i = 0; i < blocks; i++) {
      long block = byteOffset + (long) i * blockBytes;
      quantizeBlock(source, sourceOffset + i * blockSize, target, block);
    }
  }

  private int blocks(String what, int count) {
    if (count % blockSize != 0) {
      throw new ShapeMismatchException(
          "%s %s: expected a multiple of %d elements, got %d"
              .formatted(what, getClass().getSimpleName(), blockSize, count));
    }
    return count / blockSize;
  }
}
