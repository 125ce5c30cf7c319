package dev.jmr.kernels.cpu.stage;

import dev.jmr.kernels.cpu.linear.ColumnSlices;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A copy of a matrix with long rows, in tiles of [#TILE] rows: within a tile all rows' first slice, then all their second
/// one, and so on, so that each slice is read as one stream.
///
/// A tile is copied when it is first needed, by the worker that needs it; every stage gives a tile to one worker, and
/// stages are ordered, so that no lock is needed. What was copied is dropped from the file's mapping: one copy is
/// resident.
public final class SlicedRows {
  /// Rows of a tile.
  static final int TILE = 32;

  final ColumnSlices slices;
  private final MemorySegment source;
  private final int rows;
  private final int rowBytes;
  private final int[] sliceBytes;
  private final boolean[] copied;
  private MemorySegment copy = MemorySegment.NULL;

  /// @param source all rows, of `columns` weights in `rowBytes` bytes each
  /// @param blockLength weights of a block, in `blockBytes` bytes
  SlicedRows(
      MemorySegment source,
      int rows,
      int rowBytes,
      ColumnSlices slices,
      int blockLength,
      int blockBytes) {
    this.slices = slices;
    this.source = source;
    this.rows = rows;
    this.rowBytes = rowBytes;
    this.copied = new boolean[Math.ceilDiv(rows, TILE)];
    this.sliceBytes = new int[slices.count() + 1];
    for (int i = 0; i <= slices.count(); i++) {
      sliceBytes[i] = slices.start(i) / blockLength * blockBytes;
    }
  }

  /// Bytes of the copy.
  long byteSize() {
    return (long) rows * rowBytes;
  }

  /// Takes the memory of the copy from `arena`.
  void allocate(Arena arena) {
    copy = arena.allocate(byteSize(), 64);
  }

  MemorySegment copy() {
    return copy;
  }

  /// Rows of the tile that begins with `row`.
  int tileRows(int row) {
    return Math.min(TILE, rows - row);
  }

  /// Bytes of a row's part in a slice.
  int rowBytes(int slice) {
    return sliceBytes[slice + 1] - sliceBytes[slice];
  }

  /// Where the rows of a slice begin for the tile that begins with `row`.
  int byteOffset(int row, int slice) {
    return row * rowBytes + tileRows(row) * sliceBytes[slice];
  }

  /// Copies the tile that begins with `row` unless it was copied before.
  void prepare(int row) {
    if (copied[row / TILE]) {
      return;
    }
    int count = tileRows(row);
    for (int slice = 0; slice < slices.count(); slice++) {
      int to = byteOffset(row, slice);
      for (int r = 0; r < count; r++) {
        long from = (long) (row + r) * rowBytes + sliceBytes[slice];
        MemorySegment.copy(source, from, copy, to + (long) r * rowBytes(slice), rowBytes(slice));
      }
    }
    copied[row / TILE] = true;
    if (source.isMapped()) {
      source.asSlice((long) row * rowBytes, (long) count * rowBytes).unload();
    }
  }
}
