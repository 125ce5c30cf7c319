package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.VectorMath;
import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.XieluParameters;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The trained activation xIELU.
final class XieluStage extends RowStage {
  private final int width;
  private final XieluParameters parameters;
  private final int in;
  private final int out;

  XieluStage(Op.Xielu op, int in, int out) {
    super(op.output());
    this.width = op.output().width();
    this.parameters = op.parameters();
    this.in = in;
    this.out = out;
  }

  @Override
  void row(int row, Step step) {
    int from = in + row * width;
    int to = out + row * width;
    apply(step.workspace, from, to, width, parameters);
  }

  private static void apply(float[] x, int from, int to, int count, XieluParameters p) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
      xielu(v, p).intoArray(x, to + i);
    }
    if (i < count) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, count);
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i, rest);
      xielu(v, p).intoArray(x, to + i, rest);
    }
  }

  private static FloatVector xielu(FloatVector x, XieluParameters p) {
    FloatVector above = x.mul(x).mul(p.alphaP());
    FloatVector below = VectorMath.exp(x.min(p.epsilon())).sub(1f).sub(x).mul(p.alphaN());
    FloatVector curve = below.blend(above, x.compare(VectorOperators.GT, 0f));
    return curve.add(x.mul(p.beta()));
  }
}
