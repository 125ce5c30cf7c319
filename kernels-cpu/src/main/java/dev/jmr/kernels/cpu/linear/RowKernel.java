package dev.jmr.kernels.cpu.linear;

import java.lang.foreign.MemorySegment;

/// A kernel whose dot form takes one row after the other: a chunk is one stream of memory, read from front to back.
///
/// Each kernel has a static `rowProduct` of its own, compiled by itself (see `jvm.flags`), with everything that returns a
/// vector written out in it. Inlined into the loop here, which all types share, its vectors would be boxed as soon as the
/// compiler holds another type for more frequent.
abstract class RowKernel implements LinearKernel {
  @Override
  public final void dot(
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      int xOffset,
      float[] out,
      int outOffset,
      float[] scratch) {
    for (int r = 0; r < rowCount; r++) {
      out[outOffset + r] = product(band, byteOffset + r * rowBytes, columns, x, xOffset);
    }
  }

  /// The product of the row at `row` and the packed activations at `xOffset`.
  abstract float product(MemorySegment band, int row, int columns, float[] x, int xOffset);
}
