package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Value;

/// The sum of two values.
final class AddStage extends RowStage {
  private final int width;
  private final int left;
  private final int right;
  private final int out;

  AddStage(Value output, int left, int right, int out) {
    super(output);
    this.width = output.width();
    this.left = left;
    this.right = right;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    int at = row * width;
    add(step.workspace, left + at, right + at, out + at, width);
  }

  private static void add(float[] x, int left, int right, int out, int count) {
    for (int i = 0; i < count; i++) {
      x[out + i] = x[left + i] + x[right + i];
    }
  }
}
