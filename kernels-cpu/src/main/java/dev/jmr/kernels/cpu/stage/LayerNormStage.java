package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.Op;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Layer norm of each group of a row: first the mean, then the spread around it, as the difference of two large sums
/// would lose it.
final class LayerNormStage extends RowStage {
  private final int width;
  private final int in;
  private final int out;
  private final float epsilon;
  private final float[] weight;
  private final float[] bias;

  LayerNormStage(Op.LayerNorm op, int in, int out) {
    super(op.output());
    this.width = op.output().width();
    this.in = in;
    this.out = out;
    this.epsilon = op.epsilon();
    this.weight = new float[(int) op.weight().shape().columns()];
    this.bias = new float[weight.length];
    TensorType.F32.format().dequantize(op.weight().data(), 0, weight, 0, weight.length);
    op.bias()
        .ifPresent(
            vector -> TensorType.F32.format().dequantize(vector.data(), 0, bias, 0, bias.length));
  }

  @Override
  void row(int row, Step step) {
    for (int group = row * width; group < (row + 1) * width; group += weight.length) {
      float mean = sum(step.workspace, in + group, weight.length) / weight.length;
      float squares = squares(step.workspace, in + group, weight.length, mean);
      float scale = (float) (1 / Math.sqrt(squares / weight.length + epsilon));
      apply(step.workspace, in + group, out + group, mean, scale, weight, bias);
    }
  }

  /// The sum of `length` elements.
  static float sum(float[] x, int from, int length) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      sum = sum.add(FloatVector.fromArray(FLOATS, x, from + i));
    }
    float total = sum.reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      total += x[from + i];
    }
    return total;
  }

  /// The sum of the squares of what `length` elements differ from `mean`.
  static float squares(float[] x, int from, int length, float mean) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i).sub(mean);
      sum = v.fma(v, sum);
    }
    float total = sum.reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      total = Math.fma(x[from + i] - mean, x[from + i] - mean, total);
    }
    return total;
  }

  private static void apply(
      float[] x, int from, int to, float mean, float scale, float[] weight, float[] bias) {
    for (int i = 0; i < weight.length; i++) {
      x[to + i] = (x[from + i] - mean) * scale * weight[i] + bias[i];
    }
  }
}
