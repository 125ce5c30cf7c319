package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.VectorMath;
import dev.jmr.tensor.graph.Op;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Keeps numbers between `-cap` and `cap`.
final class SoftcapStage extends RowStage {
  private final int width;
  private final float cap;
  private final int in;
  private final int out;

  SoftcapStage(Op.Softcap op, int in, int out) {
    super(op.output());
    this.width = op.output().width();
    this.cap = op.cap();
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    int from = in + row * width;
    int to = out + row * width;
    softcap(step.workspace, from, cap, to, width);
  }

  private static void softcap(float[] x, int from, float cap, int to, int count) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
      VectorMath.tanh(v.div(cap)).mul(cap).intoArray(x, to + i);
    }
    if (i < count) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, count);
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i, rest);
      VectorMath.tanh(v.div(cap)).mul(cap).intoArray(x, to + i, rest);
    }
  }
}
