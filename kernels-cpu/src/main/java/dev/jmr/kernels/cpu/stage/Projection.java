package dev.jmr.kernels.cpu.stage;

import dev.jmr.kernels.cpu.linear.ColumnSlices;
import dev.jmr.kernels.cpu.linear.LinearKernel;
import dev.jmr.kernels.cpu.linear.LinearKernels;
import dev.jmr.kernels.cpu.linear.PanelMatmul;
import dev.jmr.kernels.cpu.linear.TokenPair;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.graph.ExpertMatrices;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// A weight `[O, I]` as a kernel reads it: bands of consecutive rows that int offsets can address, or, where rows are
/// long, a sliced copy.
final class Projection {
  private static final long BAND_BYTES = 1L << 30;

  /// Columns up to which the activations of two tokens leave room in the first-level cache for weights that stream by.
  private static final int PAIR_COLUMNS = 2560;

  final LinearKernel kernel;
  final int rows;
  final int columns;
  final int dotRows;
  final ColumnSlices slices;
  private final int rowBytes;
  private final int rowsPerBand;
  private final MemorySegment[] bands;
  private final Optional<SlicedRows> sliced;

  /// All rows of a matrix.
  static Projection of(Tensor weight, CpuSettings settings) {
    int rows = Math.toIntExact(weight.shape().rows());
    return new Projection(weight, 0, rows, Optional.empty(), settings);
  }

  /// All rows of a matrix, copied in slices where its rows are so long that this pays.
  static Projection sliced(Tensor weight, CpuSettings settings) {
    int rows = Math.toIntExact(weight.shape().rows());
    ColumnSlices slices = ColumnSlices.of(Math.toIntExact(weight.shape().columns()));
    if (slices.count() == 1 || !LinearKernels.isFast(weight) || weight.byteSize() > BAND_BYTES) {
      return of(weight, settings);
    }
    SlicedRows copy =
        new SlicedRows(
            weight.data(),
            rows,
            Math.toIntExact(weight.rowBytes()),
            slices,
            weight.type().blockSize(),
            weight.type().blockBytes());
    return new Projection(weight, 0, rows, Optional.of(copy), settings);
  }

  /// The matrix of expert `index`.
  static Projection of(ExpertMatrices matrices, int index, CpuSettings settings) {
    return new Projection(
        matrices.weight(), matrices.row(index, 0), matrices.rows(), Optional.empty(), settings);
  }

  private Projection(
      Tensor weight, long firstRow, int rows, Optional<SlicedRows> sliced, CpuSettings settings) {
    this.kernel = LinearKernels.of(weight);
    this.rows = rows;
    this.columns = Math.toIntExact(weight.shape().columns());
    this.rowBytes = Math.toIntExact(weight.rowBytes());
    this.sliced = sliced;
    this.slices = sliced.map(copy -> copy.slices).orElseGet(() -> ColumnSlices.whole(columns));
    this.dotRows =
        sliced.isPresent() ? SlicedRows.TILE : Math.clamp(settings.chunkBytes() / rowBytes, 4, 256);
    this.rowsPerBand = (int) Math.min(rows, BAND_BYTES / rowBytes);
    this.bands = new MemorySegment[Math.ceilDiv(rows, rowsPerBand)];
    for (int i = 0; i < bands.length; i++) {
      long first = firstRow + (long) i * rowsPerBand;
      long count = Math.min(rowsPerBand, rows - (long) i * rowsPerBand);
      bands[i] = WeightMemory.of(weight.data().asSlice(first * rowBytes, count * rowBytes));
    }
  }

  /// The copy, if this projection reads one.
  Optional<SlicedRows> copy() {
    return sliced;
  }

  /// Floats of a packed row of activations.
  int packedLength() {
    return kernel.order().packedLength(columns);
  }

  /// `out[r] = weight[row + r] · x` for `count` rows, [#dotRows] at most and from a multiple of it on.
  ///
  /// @param x a packed row from `xOffset` on
  void dot(int row, int count, float[] x, int xOffset, float[] out, int outOffset, Worker worker) {
    if (sliced.isPresent()) {
      dot(sliced.get(), row, x, xOffset, out, outOffset, worker);
      return;
    }
    for (int done = 0; done < count; ) {
      int now = rowsTogether(row + done, count - done);
      MemorySegment band = band(row + done);
      int from = byteOffset(row + done);
      int to = outOffset + done;
      kernel.dot(band, from, rowBytes, now, columns, x, xOffset, out, to, worker.scratch);
      done += now;
    }
  }

  /// How many tokens, one or two, are to be computed together when `token` of `tokens` is the next. The first of long rows
  /// is alone: it brings the weights into the second-level cache, where other misses disturb less.
  int tokensTogether(int token, int tokens) {
    boolean alone = token == 0 && slices.length(0) > PAIR_COLUMNS;
    return alone || token == tokens - 1 ? 1 : 2;
  }

  /// The same as [#dot] for each of the two tokens of [Worker#pair].
  void dotPair(int row, int count, float[] x, float[] out, Worker worker) {
    if (sliced.isPresent()) {
      dotPair(sliced.get(), row, x, out, worker);
      return;
    }
    for (int done = 0; done < count; ) {
      int now = rowsTogether(row + done, count - done);
      worker.part.shift(worker.pair, 0, done);
      kernel.dot(
          band(row + done),
          byteOffset(row + done),
          rowBytes,
          now,
          columns,
          x,
          out,
          worker.part,
          worker.scratch);
      done += now;
    }
  }

  private void dotPair(SlicedRows copy, int row, float[] x, float[] out, Worker worker) {
    copy.use(row);
    int count = copy.tileRows(row);
    TokenPair pair = worker.pair;
    for (int slice = 0; slice < slices.count(); slice++) {
      boolean first = slice == 0;
      int start = kernel.order().packedLength(slices.start(slice));
      if (first) {
        worker.part.shift(pair, start, 0);
      } else {
        int to = LinearKernel.SCRATCH;
        worker.part.set(pair.firstX() + start, pair.secondX() + start, to, to + SlicedRows.TILE);
      }
      kernel.dot(
          copy.memory(row),
          copy.byteOffset(row, slice),
          copy.stride(row, slice),
          count,
          slices.length(slice),
          x,
          first ? out : worker.scratch,
          worker.part,
          worker.scratch);
      if (!first) {
        add(worker.scratch, worker.part.firstOut(), count, out, pair.firstOut());
        add(worker.scratch, worker.part.secondOut(), count, out, pair.secondOut());
      }
    }
  }

  private static void add(float[] results, int from, int count, float[] out, int to) {
    for (int r = 0; r < count; r++) {
      out[to + r] += results[from + r];
    }
  }

  private void dot(
      SlicedRows copy, int row, float[] x, int xOffset, float[] out, int outOffset, Worker worker) {
    copy.use(row);
    int count = copy.tileRows(row);
    for (int slice = 0; slice < slices.count(); slice++) {
      boolean first = slice == 0;
      float[] target = first ? out : worker.scratch;
      int to = first ? outOffset : LinearKernel.SCRATCH;
      kernel.dot(
          copy.memory(row),
          copy.byteOffset(row, slice),
          copy.stride(row, slice),
          count,
          slices.length(slice),
          x,
          xOffset + kernel.order().packedLength(slices.start(slice)),
          target,
          to,
          worker.scratch);
      if (!first) {
        add(target, to, count, out, outOffset);
      }
    }
  }

  /// `out[t, r] = weight[row + r] · x[t]` for `count` rows, [CpuSettings#panelRows] at most and from a multiple of it on.
  ///
  /// @param x panels of activations from `xOffset` on
  /// @param tokens `T`
  /// @param out rows of `outWidth` floats, of which those from `outOffset` on are written
  void multiply(
      int row,
      int count,
      float[] x,
      int xOffset,
      int tokens,
      float[] out,
      int outOffset,
      int outWidth,
      PanelMatmul panels) {
    panels.begin(kernel, count, tokens);
    if (sliced.isPresent()) {
      SlicedRows copy = sliced.get();
      for (int slice = 0; slice < slices.count(); slice++) {
        for (int done = 0; done < count; done += SlicedRows.TILE) {
          int tile = row + done;
          int from = copy.byteOffset(tile, slice);
          int stride = copy.stride(tile, slice);
          panels.place(done, copy.tileRows(tile), copy.memory(tile), from, stride);
        }
        panels.accumulate(slices.start(slice), slices.length(slice), columns, x, xOffset);
      }
    } else {
      for (int done = 0; done < count; ) {
        int now = rowsTogether(row + done, count - done);
        panels.place(done, now, band(row + done), byteOffset(row + done), rowBytes);
        done += now;
      }
      panels.accumulate(0, columns, columns, x, xOffset);
    }
    panels.finish(out, outOffset, outWidth);
  }

  /// How many rows from `row` on lie in one band, `limit` at most.
  private int rowsTogether(int row, int limit) {
    return Math.min(limit, Math.min(rows, (row / rowsPerBand + 1) * rowsPerBand) - row);
  }

  private MemorySegment band(int row) {
    return bands[row / rowsPerBand];
  }

  private int byteOffset(int row) {
    return row % rowsPerBand * rowBytes;
  }
}
