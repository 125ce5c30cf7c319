package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.Op;

/// Rows times a vector, element by element.
final class ScaleColumnsStage extends RowStage {
  private final int in;
  private final int out;
  private final float[] weight;

  ScaleColumnsStage(Op.ScaleColumns op, int in, int out) {
    super(op.output());
    this.in = in;
    this.out = out;
    this.weight = new float[op.output().width()];
    TensorType.F32.format().dequantize(op.weight().data(), 0, weight, 0, weight.length);
  }

  @Override
  void row(int row, Step step) {
    int at = row * weight.length;
    scale(step.workspace, in + at, out + at, weight);
  }

  private static void scale(float[] x, int from, int to, float[] weight) {
    for (int i = 0; i < weight.length; i++) {
      x[to + i] = x[from + i] * weight[i];
    }
  }
}
