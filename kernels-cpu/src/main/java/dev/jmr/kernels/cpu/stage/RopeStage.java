package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.RopeTable;

/// Rotates pairs of elements of each head.
final class RopeStage extends RowStage {
  private final RopeTable table;
  private final RopeAngles angles;
  private final int width;
  private final int in;
  private final int out;

  RopeStage(Op.Rope op, RopeAngles angles, int in, int out) {
    super(op.output());
    this.table = op.table();
    this.angles = angles;
    this.width = op.output().width();
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    float[] x = step.workspace;
    int pairs = table.pairCount();
    boolean interleaved = table.pairing() == RopeTable.Pairing.INTERLEAVED;
    int stride = interleaved ? 2 : 1;
    int distance = interleaved ? 1 : pairs;
    for (int head = row * width; head < (row + 1) * width; head += table.headSize()) {
      rotate(x, in + head, out + head, row * pairs, pairs, stride, distance);
      int rotated = 2 * pairs;
      System.arraycopy(x, in + head + rotated, x, out + head + rotated, table.headSize() - rotated);
    }
  }

  private void rotate(float[] x, int from, int to, int angle, int pairs, int stride, int distance) {
    for (int i = 0; i < pairs; i++) {
      float cosine = angles.cosines[angle + i];
      float sine = angles.sines[angle + i];
      float first = x[from + i * stride];
      float second = x[from + i * stride + distance];
      x[to + i * stride] = first * cosine - second * sine;
      x[to + i * stride + distance] = first * sine + second * cosine;
    }
  }
}
