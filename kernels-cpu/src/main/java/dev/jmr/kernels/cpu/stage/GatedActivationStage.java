package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.VectorMath;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Op;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// A gate times what it gates.
final class GatedActivationStage extends RowStage {
  private final int width;
  private final Glu glu;
  private final int gate;
  private final int up;
  private final int out;

  GatedActivationStage(Op.GatedActivation op, int gate, int up, int out) {
    super(op.output());
    this.width = op.output().width();
    this.glu = op.glu();
    this.gate = gate;
    this.up = up;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    int at = row * width;
    apply(glu, step.workspace, gate + at, up + at, step.workspace, out + at, width);
  }

  /// `out[i] = glu(x[gate + i], x[up + i])`; `out` may be one of the inputs.
  static void apply(Glu glu, float[] x, int gate, int up, float[] target, int out, int count) {
    switch (glu) {
      case SWIGLU -> swiGlu(x, gate, up, target, out, count);
      case GEGLU -> geGlu(x, gate, up, target, out, count);
      case SWIGLU_OAI -> swiGluOai(x, gate, up, target, out, count);
    }
  }

  private static void swiGlu(float[] x, int gate, int up, float[] target, int out, int count) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector g = FloatVector.fromArray(FLOATS, x, gate + i);
      FloatVector u = FloatVector.fromArray(FLOATS, x, up + i);
      VectorMath.silu(g).mul(u).intoArray(target, out + i);
    }
    if (i < count) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, count);
      FloatVector g = FloatVector.fromArray(FLOATS, x, gate + i, rest);
      FloatVector u = FloatVector.fromArray(FLOATS, x, up + i, rest);
      VectorMath.silu(g).mul(u).intoArray(target, out + i, rest);
    }
  }

  private static void geGlu(float[] x, int gate, int up, float[] target, int out, int count) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector g = FloatVector.fromArray(FLOATS, x, gate + i);
      FloatVector u = FloatVector.fromArray(FLOATS, x, up + i);
      VectorMath.gelu(g).mul(u).intoArray(target, out + i);
    }
    if (i < count) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, count);
      FloatVector g = FloatVector.fromArray(FLOATS, x, gate + i, rest);
      FloatVector u = FloatVector.fromArray(FLOATS, x, up + i, rest);
      VectorMath.gelu(g).mul(u).intoArray(target, out + i, rest);
    }
  }

  private static void swiGluOai(float[] x, int gate, int up, float[] target, int out, int count) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector g = FloatVector.fromArray(FLOATS, x, gate + i);
      FloatVector u = FloatVector.fromArray(FLOATS, x, up + i);
      VectorMath.swiGluOai(g, u).intoArray(target, out + i);
    }
    if (i < count) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, count);
      FloatVector g = FloatVector.fromArray(FLOATS, x, gate + i, rest);
      FloatVector u = FloatVector.fromArray(FLOATS, x, up + i, rest);
      VectorMath.swiGluOai(g, u).intoArray(target, out + i, rest);
    }
  }
}
