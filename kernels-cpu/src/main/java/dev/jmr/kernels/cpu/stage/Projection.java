package dev.jmr.kernels.cpu.stage;

import dev.jmr.kernels.cpu.linear.LinearKernel;
import dev.jmr.kernels.cpu.linear.LinearKernels;
import dev.jmr.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// A weight `[O, I]` as a kernel reads it: bands of consecutive rows that int offsets can address.
final class Projection {
  /// Bytes of weights that make a chunk of the dot form worth claiming.
  private static final int CHUNK_BYTES = 64 * 1024;

  private static final long BAND_BYTES = 1L << 30;

  final LinearKernel kernel;
  final int rows;
  final int columns;
  final int rowBytes;
  final int dotRows;
  private final int rowsPerBand;
  private final MemorySegment[] bands;

  /// All rows of a matrix.
  static Projection of(Tensor weight) {
    return new Projection(weight, 0, Math.toIntExact(weight.shape().rows()));
  }

  /// Matrix `index` of a stack `[X, O, I]`.
  static Projection of(Tensor weight, int index) {
    int rows = Math.toIntExact(weight.shape().axis(1));
    return new Projection(weight, (long) index * rows, rows);
  }

  private Projection(Tensor weight, long firstRow, int rows) {
    this.kernel = LinearKernels.of(weight);
    this.rows = rows;
    this.columns = Math.toIntExact(weight.shape().columns());
    this.rowBytes = Math.toIntExact(weight.rowBytes());
    this.dotRows = Math.clamp(CHUNK_BYTES / rowBytes, 4, 256);
    this.rowsPerBand = (int) Math.min(rows, BAND_BYTES / rowBytes);
    this.bands = new MemorySegment[Math.ceilDiv(rows, rowsPerBand)];
    for (int i = 0; i < bands.length; i++) {
      long first = firstRow + (long) i * rowsPerBand;
      long count = Math.min(rowsPerBand, rows - (long) i * rowsPerBand);
      bands[i] = weight.data().asSlice(first * rowBytes, count * rowBytes);
    }
  }

  /// How many rows from `row` on lie in one band, `limit` at most.
  int together(int row, int limit) {
    return Math.min(limit, Math.min(rows, (row / rowsPerBand + 1) * rowsPerBand) - row);
  }

  MemorySegment band(int row) {
    return bands[row / rowsPerBand];
  }

  int byteOffset(int row) {
    return row % rowsPerBand * rowBytes;
  }

  /// `out[r] = weight[row + r] · x` for `count` rows, which may cross bands.
  ///
  /// @param x a packed row from `xOffset` on
  void dot(int row, int count, float[] x, int xOffset, float[] out, int outOffset, Worker worker) {
    for (int done = 0; done < count; ) {
      int rowsNow = together(row + done, count - done);
      kernel.dot(
          band(row + done),
          byteOffset(row + done),
          rowBytes,
          rowsNow,
          columns,
          x,
          xOffset,
          out,
          outOffset + done,
          worker.scratch);
      done += rowsNow;
    }
  }
}
