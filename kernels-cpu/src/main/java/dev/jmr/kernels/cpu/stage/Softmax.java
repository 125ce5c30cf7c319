package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.VectorMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Scores to weights that sum to 1.
final class Softmax {
  private Softmax() {}

  /// Softmax over `[from, to)` of the `length` scores at `offset`; the others become 0.
  ///
  /// @param length a multiple of the vector length
  static void apply(float[] scores, int offset, int length, int from, int to) {
    Arrays.fill(scores, offset, offset + from, Float.NEGATIVE_INFINITY);
    Arrays.fill(scores, offset + to, offset + length, Float.NEGATIVE_INFINITY);
    float sum = exponentials(scores, offset, length, max(scores, offset, length));
    scale(scores, offset, length, 1 / sum);
  }

  private static float max(float[] scores, int offset, int length) {
    FloatVector max = FloatVector.fromArray(FLOATS, scores, offset);
    for (int i = COUNT; i < length; i += COUNT) {
      FloatVector next = FloatVector.fromArray(FLOATS, scores, offset + i);
      max = max.blend(next, next.compare(VectorOperators.GT, max));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  private static float exponentials(float[] scores, int offset, int length, float max) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < length; i += COUNT) {
      FloatVector e = VectorMath.exp(FloatVector.fromArray(FLOATS, scores, offset + i).sub(max));
      e.intoArray(scores, offset + i);
      sum = sum.add(e);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static void scale(float[] scores, int offset, int length, float factor) {
    for (int i = 0; i < length; i++) {
      scores[offset + i] *= factor;
    }
  }
}
