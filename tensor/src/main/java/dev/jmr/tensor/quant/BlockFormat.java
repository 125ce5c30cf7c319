package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// How one tensor type lays out a block of elements in bytes: the reference that every kernel is tested against.
///
/// A row is a whole number of blocks, one after the other. Implementations are stateless and may be used by any
/// thread. The code is written to be read; kernels are written to be fast.
public interface BlockFormat {
  /// Elements in a block.
  int blockSize();

  /// Bytes of a block.
  int blockBytes();

  /// Decodes blocks to floats, bit-equal to ggml's `to_float` of this type.
  ///
  /// @param source encoded blocks, from `byteOffset` on
  /// @param target receives `count` floats from `targetOffset` on
  /// @param count elements, a multiple of [#blockSize]
  void dequantize(
      MemorySegment source, long byteOffset, float[] target, int targetOffset, int count);

  /// Whether [#quantize] works for this format.
  default boolean quantizes() {
    return false;
  }

  /// Encodes floats to blocks.
  ///
  /// @param source holds `count` floats from `sourceOffset` on
  /// @param target receives the blocks from `byteOffset` on
  /// @param count elements, a multiple of [#blockSize]
  /// @throws dev.jmr.tensor.UnsupportedTensorTypeException unless [#quantizes]
  default void quantize(
      float[] source, int sourceOffset, MemorySegment target, long byteOffset, int count) {
    throw new dev.jmr.tensor.UnsupportedTensorTypeException(
        "quantize: " + getClass().getSimpleName() + " can only be read");
  }
}
