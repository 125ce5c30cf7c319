package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;

/// A value times a number.
final class ScaleStage extends RowStage {
  private final int width;
  private final float factor;
  private final int in;
  private final int out;

  ScaleStage(Op.Scale op, int in, int out) {
    super(op.output());
    this.width = op.output().width();
    this.factor = op.factor();
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    scale(step.workspace, in + row * width, factor, out + row * width, width);
  }

  private static void scale(float[] x, int from, float factor, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = x[from + i] * factor;
    }
  }
}
