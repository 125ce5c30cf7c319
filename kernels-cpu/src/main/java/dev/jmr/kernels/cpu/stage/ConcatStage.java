package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;

/// Heads of two values joined.
final class ConcatStage extends RowStage {
  private final int heads;
  private final int rightHeads;
  private final int leftSize;
  private final int rightSize;
  private final int left;
  private final int right;
  private final int out;

  ConcatStage(Op.Concat op, int left, int right, int out) {
    super(op.output());
    this.heads = op.headCount();
    this.leftSize = op.left().width() / heads;
    this.rightSize = op.output().width() / heads - leftSize;
    this.rightHeads = op.right().width() / rightSize;
    this.left = left;
    this.right = right;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    float[] x = step.workspace;
    for (int head = 0; head < heads; head++) {
      int to = out + (row * heads + head) * (leftSize + rightSize);
      int match = row * rightHeads + head % rightHeads;
      System.arraycopy(x, left + (row * heads + head) * leftSize, x, to, leftSize);
      System.arraycopy(x, right + match * rightSize, x, to + leftSize, rightSize);
    }
  }
}
