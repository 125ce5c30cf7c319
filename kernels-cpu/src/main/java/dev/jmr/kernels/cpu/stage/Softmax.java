package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.VectorMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The passes of a softmax over scores; `[from, to)` is a multiple of the vector length.
final class Softmax {
  private Softmax() {}

  /// Replaces scores `s` by `cap · tanh(s / cap)`.
  static void softcap(float[] scores, int from, int to, float cap) {
    for (int i = from; i < to; i += COUNT) {
      VectorMath.tanh(FloatVector.fromArray(FLOATS, scores, i).div(cap))
          .mul(cap)
          .intoArray(scores, i);
    }
  }

  static float max(float[] scores, int from, int to) {
    FloatVector max = FloatVector.fromArray(FLOATS, scores, from);
    for (int i = from + COUNT; i < to; i += COUNT) {
      FloatVector next = FloatVector.fromArray(FLOATS, scores, i);
      max = max.blend(next, next.compare(VectorOperators.GT, max));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /// Replaces scores by `e^(score - max)`; returns their sum.
  static float exponentials(float[] scores, int from, int to, float max) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = from; i < to; i += COUNT) {
      FloatVector e = VectorMath.exp(FloatVector.fromArray(FLOATS, scores, i).sub(max));
      e.intoArray(scores, i);
      sum = sum.add(e);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
