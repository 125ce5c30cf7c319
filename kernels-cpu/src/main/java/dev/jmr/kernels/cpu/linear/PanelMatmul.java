package dev.jmr.kernels.cpu.linear;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Multiplies a tile of weight rows with all tokens of a batch, tokens as lanes.
///
/// The tile is unpacked to floats once per [#DEPTH] columns and multiplied with one panel of tokens after the other; it
/// and its sums stay in the second-level cache. Every output accumulates along the columns in the same order whatever
/// the number of tokens. One object per worker: it owns the tile and the sums.
public final class PanelMatmul {
  /// Columns that are unpacked at a time: a multiple of every block length.
  public static final int DEPTH = 256;

  /// Tokens in a panel: two vectors.
  public static final int WIDTH = 2 * Lanes.COUNT;

  /// Rows in a tile unless others are asked for: a multiple of the micro-kernels' rows.
  public static final int ROWS = 96;

  private final float[] tile;
  private final float[] sums;
  private final MemorySegment[] bands;
  private final int[] byteOffsets;
  private LinearKernel kernel = new F32Kernel();
  private int rowCount;
  private int paddedRows;
  private int tokens;

  /// Working memory for batches of up to `maxTokens`, and tiles of [#ROWS] rows.
  public PanelMatmul(int maxTokens) {
    this(maxTokens, ROWS);
  }

  /// Working memory for batches of up to `maxTokens`.
  ///
  /// @param rows rows in a tile at most: a multiple of the micro-kernels' rows
  public PanelMatmul(int maxTokens, int rows) {
    tile = new float[rows * DEPTH];
    sums = new float[panels(maxTokens) * rows * WIDTH];
    bands = new MemorySegment[rows];
    byteOffsets = new int[rows];
  }

  /// Floats of working memory for batches of up to `maxTokens` and tiles of `rows` rows.
  public static long floats(int maxTokens, int rows) {
    return (long) rows * DEPTH + (long) panels(maxTokens) * rows * WIDTH;
  }

  /// Panels that hold `tokens` tokens.
  public static int panels(int tokens) {
    return Math.ceilDiv(tokens, WIDTH);
  }

  /// `out[t, row + r] = weight[r] · x[t]` for the rows of a tile, or fewer, that lie one after the other.
  ///
  /// @param band holds the rows from `byteOffset` on
  /// @param x panels of activations from `xOffset` on, one after the other, each `columns × WIDTH`
  /// @param tokens `T`
  /// @param out `[T, outWidth]` from `outOffset` on; columns `row` to `row + rowCount` are written
  public void multiply(
      LinearKernel kernel,
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      int xOffset,
      int tokens,
      float[] out,
      int outOffset,
      int outWidth) {
    begin(kernel, rowCount, tokens);
    place(0, rowCount, band, byteOffset, rowBytes);
    accumulate(0, columns, columns, x, xOffset);
    finish(out, outOffset, outWidth);
  }

  /// Begins with another tile: its sums are zero.
  public void begin(LinearKernel tileKernel, int tileRows, int tileTokens) {
    kernel = tileKernel;
    rowCount = tileRows;
    tokens = tileTokens;
    paddedRows = Math.ceilDiv(rowCount, MicroKernel.ROWS) * MicroKernel.ROWS;
    Arrays.fill(sums, 0, panels(tokens) * paddedRows * WIDTH, 0);
  }

  /// Says where the tile's rows `row` to `row + count` lie in `band`.
  public void place(int row, int count, MemorySegment band, int byteOffset, int rowBytes) {
    for (int r = 0; r < count; r++) {
      bands[row + r] = band;
      byteOffsets[row + r] = byteOffset + r * rowBytes;
    }
  }

  /// Adds the products of `length` columns, which are those that the placed rows begin with.
  ///
  /// @param first the activations' column that belongs to the rows' first one
  /// @param columns columns of the panels
  /// @param x panels of activations from `xOffset` on
  public void accumulate(int first, int length, int columns, float[] x, int xOffset) {
    int panels = panels(tokens);
    for (int column = 0; column < length; column += DEPTH) {
      int depth = Math.min(DEPTH, length - column);
      for (int r = 0; r < rowCount; r++) {
        kernel.unpack(bands[r], byteOffsets[r], column, depth, tile, r * DEPTH);
      }
      for (int panel = 0; panel < panels; panel++) {
        int from = xOffset + (panel * columns + first + column) * WIDTH;
        boolean half = depth == DEPTH && tokens - panel * WIDTH <= Lanes.COUNT;
        for (int r = 0; r < paddedRows; r += MicroKernel.ROWS) {
          int to = (panel * paddedRows + r) * WIDTH;
          if (half) {
            HalfMicroKernel.multiply(tile, r * DEPTH, x, from, sums, to);
          } else {
            MicroKernel.multiply(tile, r * DEPTH, depth, x, from, sums, to);
          }
        }
      }
    }
  }

  /// Writes the tile's sums to rows of `outWidth` floats, from `outOffset` on.
  public void finish(float[] out, int outOffset, int outWidth) {
    for (int t = 0; t < tokens; t++) {
      int from = t / WIDTH * paddedRows * WIDTH + t % WIDTH;
      int to = outOffset + t * outWidth;
      for (int r = 0; r < rowCount; r++) {
        out[to + r] = sums[from + r * WIDTH];
      }
    }
  }
}
