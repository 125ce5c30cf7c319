package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.kernels.cpu.linear.ActivationOrder;
import java.util.function.ToIntFunction;

/// Arranges rows for the dot form, however many they are. One chunk per row.
final class PackRowsStage implements Stage {
  private final ToIntFunction<Step> rows;
  private final ActivationOrder order;
  private final int columns;
  private final int in;
  private final int buffer;

  PackRowsStage(ToIntFunction<Step> rows, ActivationOrder order, int columns, int in, int buffer) {
    this.rows = rows;
    this.order = order;
    this.columns = columns;
    this.in = in;
    this.buffer = buffer;
  }

  @Override
  public int chunks(Step step) {
    return rows.applyAsInt(step);
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    order.pack(
        step.workspace,
        in + chunk * columns,
        columns,
        0,
        columns / order.blockLength(),
        step.packed[buffer],
        PAD + chunk * order.packedLength(columns));
  }
}
