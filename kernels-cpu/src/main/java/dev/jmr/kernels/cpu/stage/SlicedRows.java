package dev.jmr.kernels.cpu.stage;

import dev.jmr.kernels.cpu.linear.ColumnSlices;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A matrix with long rows, of which a copy is made in tiles of [#TILE] rows: within a tile all rows' first slice, then all
/// their second one, and so on, so that each slice is read as one stream. Tiles that are not copied are read where they
/// are, more slowly.
///
/// Copying takes many times as long as reading. So a prompt copies nothing, and the tiles of a matrix are
/// copied over the first [#STEPS] tokens that follow, by the workers that multiply them: every stage gives a tile to one
/// worker, and stages are ordered, so that no lock is needed. What was copied is dropped from the file's mapping: one copy
/// is resident.
public final class SlicedRows {
  /// Rows of a tile.
  static final int TILE = 32;

  /// Uses of the dot form over which the copying is spread.
  private static final int STEPS = 16;

  final ColumnSlices slices;
  private final MemorySegment source;
  private final MemorySegment readable;
  private final int rows;
  private final int rowBytes;
  private final int[] sliceBytes;
  private final byte[] uses;
  private @Nullable Arena arena;
  private volatile MemorySegment copy = MemorySegment.NULL;

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
    this.readable = WeightMemory.of(source);
    this.rows = rows;
    this.rowBytes = rowBytes;
    this.uses = new byte[Math.ceilDiv(rows, TILE)];
    this.sliceBytes = new int[slices.count() + 1];
    for (int i = 0; i <= slices.count(); i++) {
      sliceBytes[i] = slices.start(i) / blockLength * blockBytes;
    }
  }

  /// Bytes of the copy.
  long byteSize() {
    return (long) rows * rowBytes;
  }

  /// Says where the copy's memory comes from.
  void copyInto(Arena memory) {
    arena = memory;
  }

  /// Rows of the tile that begins with `row`.
  int tileRows(int row) {
    return Math.min(TILE, rows - row);
  }

  /// What the tile that begins with `row` is read from.
  MemorySegment memory(int row) {
    return isCopied(row) ? copy : readable;
  }

  /// Where the slice of the tile's first row begins.
  int byteOffset(int row, int slice) {
    return isCopied(row)
        ? row * rowBytes + tileRows(row) * sliceBytes[slice]
        : row * rowBytes + sliceBytes[slice];
  }

  /// Bytes from one row's slice to the next row's.
  int stride(int row, int slice) {
    return isCopied(row) ? length(slice) : rowBytes;
  }

  private int length(int slice) {
    return sliceBytes[slice + 1] - sliceBytes[slice];
  }

  private boolean isCopied(int row) {
    return uses[row / TILE] > STEPS;
  }

  /// Counts a use in the dot form of the tile that begins with `row`, and copies it when its turn comes.
  void use(int row) {
    int tile = row / TILE;
    if (uses[tile] > STEPS) {
      return;
    }
    if (uses[tile]++ == tile % STEPS) {
      copy(row);
      uses[tile] = STEPS + 1;
    }
  }

  private void copy(int row) {
    MemorySegment target = target();
    int count = tileRows(row);
    for (int slice = 0; slice < slices.count(); slice++) {
      long to = (long) row * rowBytes + (long) count * sliceBytes[slice];
      int length = length(slice);
      for (int r = 0; r < count; r++) {
        long from = (long) (row + r) * rowBytes + sliceBytes[slice];
        MemorySegment.copy(source, from, target, to + (long) r * length, length);
      }
    }
    if (source.isMapped()) {
      source.asSlice((long) row * rowBytes, (long) count * rowBytes).unload();
    }
  }

  private synchronized MemorySegment target() {
    if (copy.byteSize() == 0) {
      copy = Objects.requireNonNull(arena).allocate(byteSize(), 64);
    }
    return copy;
  }
}
