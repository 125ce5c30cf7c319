package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

/// The down projection of each pair of token and expert. Chunks as in [ExpertHiddenStage].
final class ExpertDownStage implements Stage {
  private final ExpertRouting routing;
  private final ExpertProjection down;
  private final int buffer;
  private final int out;

  ExpertDownStage(ExpertRouting routing, ExpertProjection down, int buffer, int out) {
    this.routing = routing;
    this.down = down;
    this.buffer = buffer;
    this.out = out;
  }

  @Override
  public int chunks(Step step) {
    return down.count() * Math.ceilDiv(down.of(0).rows, down.of(0).dotRows);
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int expert = chunk % down.count();
    Projection matrix = down.of(expert);
    int row = chunk / down.count() * matrix.dotRows;
    int count = Math.min(matrix.dotRows, matrix.rows - row);
    int packed = matrix.packedLength();
    for (int i = routing.first[expert]; i < routing.first[expert + 1]; i++) {
      int pair = routing.pairs[i];
      int to = out + pair * matrix.rows + row;
      float[] x = step.packed[buffer];
      matrix.dot(row, count, x, PAD + pair * packed, step.workspace, to, worker);
      down.finish(expert, row, count, 1, step.workspace, to);
    }
  }
}
