package dev.jmr.kernels.cpu.linear;

import java.lang.foreign.MemorySegment;

/// A kernel whose dot form takes two rows at a time: every vector of activations that is loaded serves both.
///
/// The two lie half a chunk apart: two streams of memory, each read from front to back. Neighbouring rows would be two
/// streams in one page, which the hardware does not prefetch.
abstract class RowPairKernel implements LinearKernel {
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
    int half = (rowCount + 1) / 2;
    for (int r = 0; r < half; r++) {
      int second = Math.min(r + half, rowCount - 1);
      pair(
          band,
          byteOffset + r * rowBytes,
          byteOffset + second * rowBytes,
          columns,
          x,
          xOffset,
          scratch);
      out[outOffset + r] = scratch[0];
      out[outOffset + second] = scratch[1];
    }
  }

  /// Leaves the products of the rows at `first` and `second`, which may be the same, in `sums[0]` and `sums[1]`.
  abstract void pair(
      MemorySegment band, int first, int second, int columns, float[] x, int xOffset, float[] sums);
}
