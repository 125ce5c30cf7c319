package dev.jmr.bench.kernels;

import dev.jmr.kernels.cpu.linear.LinearKernel;
import dev.jmr.kernels.cpu.linear.PanelMatmul;
import java.lang.foreign.MemorySegment;

/// Decoding alone: tiles of rows to floats, one range of columns after the other into the same tile, as the panel form
/// does it, without the multiplications.
final class UnpackStep implements LinearStep {
  private static final int DEPTH = PanelMatmul.DEPTH;

  private final LinearKernel kernel;
  private final int columns;
  private final int rowBytes;
  private final float[] tile;

  UnpackStep(LinearKernel kernel, int columns, int rowBytes) {
    this.kernel = kernel;
    this.columns = columns;
    this.rowBytes = rowBytes;
    tile = Activations.room(PanelMatmul.ROWS * DEPTH);
  }

  @Override
  public int chunkRows() {
    return PanelMatmul.ROWS;
  }

  @Override
  public void run(MemorySegment band, int byteOffset, int rowCount, int row) {
    for (int column = 0; column < columns; column += DEPTH) {
      int depth = Math.min(DEPTH, columns - column);
      for (int r = 0; r < rowCount; r++) {
        kernel.unpack(band, byteOffset + r * rowBytes, column, depth, tile, r * DEPTH);
      }
    }
  }

  /// Checks the columns that were decoded last.
  @Override
  public void check(int row, int index, float[] weights) {
    float[] expected = new float[columns];
    kernel.order().packPanel(weights, 0, columns, 1, 1, expected, 0);
    int first = (columns - 1) / DEPTH * DEPTH;
    for (int k = first; k < columns; k++) {
      float value = expected[k];
      Agreement.require(
          "unpack row " + row + " column " + k,
          tile[index * DEPTH + k - first],
          value,
          Agreement.PRODUCTS * Math.abs(value));
    }
  }

  @Override
  public long flopsPerRow() {
    return 0;
  }
}
