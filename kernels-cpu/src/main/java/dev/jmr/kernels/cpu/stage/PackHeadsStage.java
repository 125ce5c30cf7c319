package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.kernels.cpu.linear.ActivationOrder;
import dev.jmr.tensor.graph.Value;

/// Arranges each head of a value for the dot form. One chunk per head of a row.
final class PackHeadsStage implements Stage {
  private final Value input;
  private final Projection[] heads;
  private final int in;
  private final int buffer;

  PackHeadsStage(Value input, Projection[] heads, int in, int buffer) {
    this.input = input;
    this.heads = heads;
    this.in = in;
    this.buffer = buffer;
  }

  @Override
  public int chunks(Step step) {
    return step.rows(input) * heads.length;
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    Projection head = heads[chunk % heads.length];
    ActivationOrder order = head.kernel.order();
    order.pack(
        step.workspace,
        in + chunk * head.columns,
        head.columns,
        0,
        head.columns / order.blockLength(),
        step.packed[buffer],
        PAD + chunk * head.packedLength());
  }
}
