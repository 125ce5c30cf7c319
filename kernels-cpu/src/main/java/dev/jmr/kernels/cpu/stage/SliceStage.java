package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;

/// The same part of each head.
final class SliceStage extends RowStage {
  private final int heads;
  private final int headSize;
  private final int count;
  private final int in;
  private final int out;

  SliceStage(Op.Slice op, int in, int out) {
    super(op.output());
    this.headSize = op.headSize();
    this.heads = op.input().width() / headSize;
    this.count = op.output().width() / heads;
    this.in = in + op.from();
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    for (int head = row * heads; head < (row + 1) * heads; head++) {
      System.arraycopy(
          step.workspace, in + head * headSize, step.workspace, out + head * count, count);
    }
  }
}
