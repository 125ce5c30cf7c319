package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

/// The down projection of each pair of token and expert. Chunks as in [ExpertHiddenStage].
final class ExpertDownStage implements Stage {
  private final ExpertRouting routing;
  private final Projection[] experts;
  private final int buffer;
  private final int out;

  ExpertDownStage(ExpertRouting routing, Projection[] experts, int buffer, int out) {
    this.routing = routing;
    this.experts = experts;
    this.buffer = buffer;
    this.out = out;
  }

  @Override
  public int chunks(Step step) {
    return experts.length * Math.ceilDiv(experts[0].rows, experts[0].dotRows);
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int index = chunk % experts.length;
    Projection down = experts[index];
    int row = chunk / experts.length * down.dotRows;
    int count = Math.min(down.dotRows, down.rows - row);
    int packed = down.packedLength();
    for (int i = routing.first[index]; i < routing.first[index + 1]; i++) {
      int pair = routing.pairs[i];
      down.dot(
          row,
          count,
          step.packed[buffer],
          PAD + pair * packed,
          step.workspace,
          out + pair * down.rows + row,
          worker);
    }
  }
}
