package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;

/// By how much elements are above their row's mean and some standard deviations.
final class GaussianTopKStage extends RowStage {
  private final int width;
  private final float deviations;
  private final int in;
  private final int out;

  GaussianTopKStage(Op.GaussianTopK op, int in, int out) {
    super(op.output());
    this.width = op.output().width();
    this.deviations = op.deviations();
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    int from = in + row * width;
    float mean = LayerNormStage.sum(step.workspace, from, width) / width;
    float squares = LayerNormStage.squares(step.workspace, from, width, mean);
    float cutoff = mean + deviations * (float) Math.sqrt(squares / (width - 1));
    excess(step.workspace, from, cutoff, out + row * width, width);
  }

  private static void excess(float[] x, int from, float cutoff, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = Math.max(0, x[from + i] - cutoff);
    }
  }
}
