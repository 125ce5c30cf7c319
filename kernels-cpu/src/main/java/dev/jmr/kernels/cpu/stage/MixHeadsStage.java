package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;
import java.util.Arrays;

/// Sums of the heads of each row, weighted by coefficients of its own.
final class MixHeadsStage extends RowStage {
  private final int width;
  private final int heads;
  private final int size;
  private final int in;
  private final int coefficients;
  private final int out;

  MixHeadsStage(Op.MixHeads op, int in, int coefficients, int out) {
    super(op.output());
    this.width = op.output().width();
    this.heads = op.headCount();
    this.size = op.input().width() / heads;
    this.in = in;
    this.coefficients = coefficients;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    float[] x = step.workspace;
    int made = width / size;
    for (int o = 0; o < made; o++) {
      int to = out + row * width + o * size;
      Arrays.fill(x, to, to + size, 0);
      for (int head = 0; head < heads; head++) {
        float factor = x[coefficients + (row * made + o) * heads + head];
        addScaled(x, in + (row * heads + head) * size, factor, to, size);
      }
    }
  }

  private static void addScaled(float[] x, int from, float factor, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = Math.fma(x[from + i], factor, x[to + i]);
    }
  }
}
