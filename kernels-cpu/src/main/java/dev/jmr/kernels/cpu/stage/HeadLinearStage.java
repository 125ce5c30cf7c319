package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.tensor.graph.Value;

/// A matmul of each head with a weight of its own. A chunk is some rows of one head's weight.
final class HeadLinearStage implements Stage {
  private final Value output;
  private final Projection[] heads;
  private final int buffer;
  private final int out;

  /// @param buffer holds the packed heads of all rows, one after the other
  HeadLinearStage(Value output, Projection[] heads, int buffer, int out) {
    this.output = output;
    this.heads = heads;
    this.buffer = buffer;
    this.out = out;
  }

  @Override
  public int chunks(Step step) {
    return step.rows(output) == 0
        ? 0
        : heads.length * Math.ceilDiv(heads[0].rows, heads[0].dotRows);
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int head = chunk % heads.length;
    Projection projection = heads[head];
    int first = chunk / heads.length * projection.dotRows;
    int count = Math.min(projection.dotRows, projection.rows - first);
    for (int row = 0; row < step.rows(output); row++) {
      int index = row * heads.length + head;
      projection.dot(
          first,
          count,
          step.packed[buffer],
          PAD + index * projection.packedLength(),
          step.workspace,
          out + index * projection.rows + first,
          worker);
    }
  }
}
