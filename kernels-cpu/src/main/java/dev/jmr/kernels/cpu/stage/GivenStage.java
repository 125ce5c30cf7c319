package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;

/// Copies what comes with the batch into the workspace.
final class GivenStage extends RowStage {
  private final int givenWidth;
  private final int from;
  private final int width;
  private final int out;

  GivenStage(Op.Given op, int givenWidth, int out) {
    super(op.output());
    this.givenWidth = givenWidth;
    this.from = op.from();
    this.width = op.output().width();
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    float[] given = step.batch().given();
    System.arraycopy(given, row * givenWidth + from, step.workspace, out + row * width, width);
  }
}
