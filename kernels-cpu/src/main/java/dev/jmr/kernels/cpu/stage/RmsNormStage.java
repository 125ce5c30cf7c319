package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.Op;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Root-mean-square norm of each group of a row.
final class RmsNormStage extends RowStage {
  private final int width;
  private final int in;
  private final int out;
  private final float epsilon;
  private final float[] weight;

  RmsNormStage(Op.RmsNorm op, int in, int out) {
    super(op.output());
    this.width = op.output().width();
    this.in = in;
    this.out = out;
    this.epsilon = op.epsilon();
    this.weight = new float[(int) op.weight().shape().columns()];
    TensorType.F32.format().dequantize(op.weight().data(), 0, weight, 0, weight.length);
  }

  @Override
  void row(int row, Step step) {
    for (int group = row * width; group < (row + 1) * width; group += weight.length) {
      float squares = squares(step.workspace, in + group, weight.length);
      float scale = (float) (1 / Math.sqrt(squares / weight.length + epsilon));
      scale(step.workspace, in + group, out + group, weight, scale);
    }
  }

  /// The sum of the squares of `length` elements.
  static float squares(float[] x, int from, int length) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
      sum = v.fma(v, sum);
    }
    float total = sum.reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      total = Math.fma(x[from + i], x[from + i], total);
    }
    return total;
  }

  private static void scale(float[] x, int from, int to, float[] weight, float scale) {
    for (int i = 0; i < weight.length; i++) {
      x[to + i] = x[from + i] * scale * weight[i];
    }
  }
}
