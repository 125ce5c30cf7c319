package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.kernels.cpu.linear.ActivationOrder;
import dev.jmr.kernels.cpu.linear.ColumnSlices;
import dev.jmr.kernels.cpu.linear.PanelMatmul;
import dev.jmr.tensor.graph.Value;

/// Arranges a value for the kernels that multiply it: rows for the dot form, panels for the panel form.
final class PackStage implements Stage {
  /// Columns per chunk of the dot form.
  private static final int CHUNK_COLUMNS = 2048;

  private final Value value;
  private final CpuSettings settings;
  private final ActivationOrder order;
  private final ColumnSlices slices;
  private final int in;
  private final int buffer;
  private final int blocksPerChunk;
  private final int chunksPerRow;

  PackStage(Value value, Projection projection, int in, int buffer, CpuSettings settings) {
    this.settings = settings;
    this.value = value;
    this.order = projection.kernel.order();
    this.slices = projection.slices;
    this.in = in;
    this.buffer = buffer;
    this.blocksPerChunk = Math.max(1, CHUNK_COLUMNS / order.blockLength());
    this.chunksPerRow = Math.ceilDiv(value.width() / order.blockLength(), blocksPerChunk);
  }

  @Override
  public int chunks(Step step) {
    int rows = step.rows(value);
    return settings.usesDot(rows) ? rows * chunksPerRow : PanelMatmul.panels(rows);
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int rows = step.rows(value);
    int columns = value.width();
    float[] packed = step.packed[buffer];
    if (settings.usesDot(rows)) {
      int row = chunk / chunksPerRow;
      int first = chunk % chunksPerRow * blocksPerChunk;
      int last = Math.min(columns / order.blockLength(), first + blocksPerChunk);
      int to = PAD + row * order.packedLength(columns);
      slices.pack(order, step.workspace, in + row * columns, first, last, packed, to);
    } else {
      int width = PanelMatmul.WIDTH;
      int row = chunk * width;
      order.packPanel(
          step.workspace,
          in + row * columns,
          columns,
          Math.min(width, rows - row),
          width,
          packed,
          PAD + row * columns);
    }
  }
}
