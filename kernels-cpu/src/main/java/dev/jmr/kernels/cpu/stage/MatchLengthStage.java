package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;

/// Heads stretched to the length of another value's row.
final class MatchLengthStage extends RowStage {
  private final int width;
  private final int size;
  private final int in;
  private final int like;
  private final int out;

  MatchLengthStage(Op.MatchLength op, int in, int like, int out) {
    super(op.output());
    this.width = op.output().width();
    this.size = op.like().width();
    this.in = in;
    this.like = like;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    float[] x = step.workspace;
    double wanted = Math.sqrt(RmsNormStage.squares(x, like + row * size, size));
    for (int head = row * width; head < (row + 1) * width; head += size) {
      double length = Math.sqrt(RmsNormStage.squares(x, in + head, size));
      scale(x, in + head, length == 0 ? 0 : (float) (wanted / length), out + head, size);
    }
  }

  private static void scale(float[] x, int from, float factor, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = x[from + i] * factor;
    }
  }
}
