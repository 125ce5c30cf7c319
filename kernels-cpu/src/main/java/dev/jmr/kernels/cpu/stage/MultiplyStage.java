package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;

/// The product of two values, element by element or group by element.
final class MultiplyStage extends RowStage {
  private final int width;
  private final int rightWidth;
  private final int left;
  private final int right;
  private final int out;

  MultiplyStage(Op.Multiply op, int left, int right, int out) {
    super(op.output());
    this.width = op.output().width();
    this.rightWidth = op.right().width();
    this.left = left;
    this.right = right;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    int at = row * width;
    if (rightWidth == width) {
      multiply(step.workspace, left + at, right + at, out + at, width);
      return;
    }
    int group = width / rightWidth;
    for (int i = 0; i < rightWidth; i++) {
      float factor = step.workspace[right + row * rightWidth + i];
      scale(step.workspace, left + at + i * group, factor, out + at + i * group, group);
    }
  }

  private static void multiply(float[] x, int left, int right, int out, int count) {
    for (int i = 0; i < count; i++) {
      x[out + i] = x[left + i] * x[right + i];
    }
  }

  private static void scale(float[] x, int from, float factor, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = x[from + i] * factor;
    }
  }
}
