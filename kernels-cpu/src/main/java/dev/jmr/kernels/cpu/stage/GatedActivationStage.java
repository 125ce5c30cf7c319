package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.VectorMath;
import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.Op;
import jdk.incubator.vector.FloatVector;

/// The activation of a gate times what it gates.
final class GatedActivationStage extends RowStage {
  private final int width;
  private final Activation activation;
  private final int gate;
  private final int up;
  private final int out;

  GatedActivationStage(Op.GatedActivation op, int gate, int up, int out) {
    super(op.output());
    this.width = op.output().width();
    this.activation = op.activation();
    this.gate = gate;
    this.up = up;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    int at = row * width;
    apply(activation, step.workspace, gate + at, up + at, step.workspace, out + at, width);
  }

  /// `out[i] = activation(x[gate + i]) · x[up + i]`; `out` may be one of the inputs.
  static void apply(
      Activation activation, float[] x, int gate, int up, float[] target, int out, int count) {
    switch (activation) {
      case SILU -> silu(x, gate, up, target, out, count);
    }
  }

  private static void silu(float[] x, int gate, int up, float[] target, int out, int count) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      VectorMath.silu(FloatVector.fromArray(FLOATS, x, gate + i))
          .mul(FloatVector.fromArray(FLOATS, x, up + i))
          .intoArray(target, out + i);
    }
    for (; i < count; i++) {
      float g = x[gate + i];
      target[out + i] = (float) (g / (1 + Math.exp(-g))) * x[up + i];
    }
  }
}
