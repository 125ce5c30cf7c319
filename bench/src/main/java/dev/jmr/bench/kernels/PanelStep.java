package dev.jmr.bench.kernels;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.kernels.cpu.linear.LinearKernel;
import dev.jmr.kernels.cpu.linear.PanelMatmul;
import java.lang.foreign.MemorySegment;

/// The panel form: tiles of rows times the tokens of a prompt.
final class PanelStep implements LinearStep {
  /// Every so many tokens one is checked, and the last one.
  private static final int CHECKED_TOKENS = 37;

  private final LinearKernel kernel;
  private final int columns;
  private final int rowBytes;
  private final int tokens;
  private final int rows;
  private final float[] x;
  private final float[] panels;
  private final float[] out;
  private final PanelMatmul matmul;

  /// @param rows results per token at most
  /// @param x `[tokens, columns]`
  PanelStep(LinearKernel kernel, int columns, int rowBytes, int rows, int tokens, float[] x) {
    this.kernel = kernel;
    this.columns = columns;
    this.rowBytes = rowBytes;
    this.tokens = tokens;
    this.rows = rows;
    this.x = x;
    matmul = new PanelMatmul(tokens);
    int width = PanelMatmul.WIDTH;
    panels =
        Activations.room(
            PAD
                + Math.multiplyExact(
                    PanelMatmul.panels(tokens), Math.multiplyExact(width, columns)));
    for (int t = 0; t < tokens; t += width) {
      int count = Math.min(width, tokens - t);
      kernel.order().packPanel(x, t * columns, columns, count, width, panels, PAD + t * columns);
    }
    out = Activations.room(PAD + Math.multiplyExact(tokens, rows));
  }

  @Override
  public int chunkRows() {
    return PanelMatmul.ROWS;
  }

  @Override
  public void run(MemorySegment band, int byteOffset, int rowCount, int row) {
    matmul.multiply(
        kernel,
        band,
        byteOffset,
        rowBytes,
        rowCount,
        columns,
        panels,
        PAD,
        tokens,
        out,
        PAD + row,
        rows);
  }

  @Override
  public void check(int row, int index, float[] weights) {
    for (int t = 0;
        t < tokens;
        t = t == tokens - 1 ? tokens : Math.min(t + CHECKED_TOKENS, tokens - 1)) {
      Agreement.requireProducts(
          "panel row " + row + " token " + t, out[PAD + t * rows + row], weights, x, t * columns);
    }
  }

  @Override
  public long flopsPerRow() {
    return 2L * columns * tokens;
  }
}
