package dev.jmr.kernels.cpu.stage;

/// The gate and up projections of all slots.
final class ExpertHiddenStage implements Stage {
  private final ExpertMatmul matmul;

  ExpertHiddenStage(ExpertMatmul matmul) {
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
