package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.VectorMath;
import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.Op;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// An activation without a gate.
final class ActivateStage extends RowStage {
  private final int width;
  private final Activation activation;
  private final int in;
  private final int out;

  ActivateStage(Op.Activate op, int in, int out) {
    super(op.output());
    this.width = op.output().width();
    this.activation = op.activation();
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    int from = in + row * width;
    int to = out + row * width;
    switch (activation) {
      case GELU -> gelu(step.workspace, from, to, width);
      case TANH -> tanh(step.workspace, from, to, width);
      case SIGMOID -> sigmoid(step.workspace, from, to, width);
      case RELU_SQR -> reluSquared(step.workspace, from, to, width);
    }
  }

  private static void gelu(float[] x, int from, int to, int count) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
      VectorMath.gelu(v).intoArray(x, to + i);
    }
    if (i < count) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, count);
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i, rest);
      VectorMath.gelu(v).intoArray(x, to + i, rest);
    }
  }

  private static void sigmoid(float[] x, int from, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = (float) (1 / (1 + Math.exp(-x[from + i])));
    }
  }

  private static void reluSquared(float[] x, int from, int to, int count) {
    for (int i = 0; i < count; i++) {
      float positive = Math.max(x[from + i], 0);
      x[to + i] = positive * positive;
    }
  }

  private static void tanh(float[] x, int from, int to, int count) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
      VectorMath.tanh(v).intoArray(x, to + i);
    }
    if (i < count) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, count);
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i, rest);
      VectorMath.tanh(v).intoArray(x, to + i, rest);
    }
  }
}
