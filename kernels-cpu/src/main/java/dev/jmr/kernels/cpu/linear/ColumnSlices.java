package dev.jmr.kernels.cpu.linear;

/// Ranges of a row's columns that are multiplied one after the other.
///
/// Activations of long rows fall out of the first-level cache from row to row, and their misses disturb the prefetching of
/// the weights (Zen 5, Q4_K: 18 GB/s at 4096 columns, 9 at 8192). A matrix whose rows are copied slice by slice is as fast
/// as one with short rows.
///
/// @param starts first column of each slice, then the number of columns
public record ColumnSlices(int[] starts) {
  /// Rows up to this length, and slices of longer ones, leave room in the cache for what streams by.
  private static final int LONGEST_ROW = 5120;

  private static final int LONGEST_SLICE = 4096;

  /// A multiple of every kernel's block length.
  private static final int UNIT = 256;

  /// All columns as one slice.
  public static ColumnSlices whole(int columns) {
    return new ColumnSlices(new int[] {0, columns});
  }

  /// Slices of nearly equal length, each short enough.
  public static ColumnSlices of(int columns) {
    if (columns <= LONGEST_ROW) {
      return whole(columns);
    }
    int count = Math.ceilDiv(columns, LONGEST_SLICE);
    int[] starts = new int[count + 1];
    for (int i = 0; i < count; i++) {
      starts[i] = (int) ((long) columns / UNIT * i / count) * UNIT;
    }
    starts[count] = columns;
    return new ColumnSlices(starts);
  }

  /// How many slices there are.
  public int count() {
    return starts.length - 1;
  }

  /// The first column of slice `index`; for [#count], the end of the last.
  public int start(int index) {
    return starts[index];
  }

  /// Columns in slice `index`.
  public int length(int index) {
    return starts[index + 1] - starts[index];
  }

  /// Packs blocks `firstBlock` to `lastBlock` (exclusive) of a row of activations: the packed slices lie one after the
  /// other, each with its sums.
  public void pack(
      ActivationOrder order,
      float[] x,
      int xOffset,
      int firstBlock,
      int lastBlock,
      float[] out,
      int offset) {
    int length = order.blockLength();
    for (int i = 0; i < count(); i++) {
      int start = starts[i] / length;
      int first = Math.max(firstBlock, start);
      int last = Math.min(lastBlock, starts[i + 1] / length);
      if (first < last) {
        order.pack(
            x,
            xOffset + starts[i],
            length(i),
            first - start,
            last - start,
            out,
            offset + order.packedLength(starts[i]));
      }
    }
  }
}
