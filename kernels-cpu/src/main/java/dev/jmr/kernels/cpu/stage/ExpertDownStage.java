package dev.jmr.kernels.cpu.stage;

/// The down projections of all slots.
final class ExpertDownStage implements Stage {
  private final ExpertMatmul matmul;

  ExpertDownStage(ExpertMatmul matmul) {
    this.matmul = matmul;
  }

  @Override
  public int chunks(Step step) {
    return matmul.chunks();
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    matmul.run(chunk, step, worker);
  }
}
