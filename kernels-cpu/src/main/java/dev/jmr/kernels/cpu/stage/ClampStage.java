package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;

/// A value held between two limits.
final class ClampStage extends RowStage {
  private final int width;
  private final float limit;
  private final int in;
  private final int out;

  ClampStage(Op.Clamp op, int in, int out) {
    super(op.output());
    this.width = op.output().width();
    this.limit = op.limit();
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    clamp(step.workspace, in + row * width, limit, out + row * width, width);
  }

  private static void clamp(float[] x, int from, float limit, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = Math.min(Math.max(x[from + i], -limit), limit);
    }
  }
}
