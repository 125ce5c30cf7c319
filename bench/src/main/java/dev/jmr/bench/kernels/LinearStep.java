package dev.jmr.bench.kernels;

import java.lang.foreign.MemorySegment;

/// One way of using a [dev.jmr.kernels.cpu.linear.LinearKernel], a chunk of rows at a time, as the CPU backend does it.
/// One object per thread: it owns the results.
interface LinearStep {
  /// Rows in a chunk.
  int chunkRows();

  /// Computes `rowCount` rows.
  ///
  /// @param band holds the rows from `byteOffset` on
  /// @param row where their results go
  void run(MemorySegment band, int byteOffset, int rowCount, int row);

  /// Compares what [#run] left behind for one of its rows with the reference.
  ///
  /// @param row where its result went
  /// @param index its place among the rows of the last [#run]
  /// @param weights the row as the reference decodes it
  void check(int row, int index, float[] weights);

  /// Multiplications and additions for one row.
  long flopsPerRow();
}
