package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Value;

/// The rows whose logits are wanted.
final class SelectStage extends RowStage {
  private final int width;
  private final int in;
  private final int out;

  SelectStage(Value output, int in, int out) {
    super(output);
    this.width = output.width();
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    int from = in + step.batch().outputRows()[row] * width;
    System.arraycopy(step.workspace, from, step.workspace, out + row * width, width);
  }
}
