package dev.jmr.kernels.cpu.vector;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.FloatVector;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VectorMathTest {
  @Test
  void expIsWithinItsErrorBound() {
    for (float x = -87; x <= 88; x += 0.00371f) {
      double exact = Math.exp(x);
      assertThat((double) exp(x)).as("exp(%s)", x).isCloseTo(exact, Offset.offset(2e-7 * exact));
    }
  }

  @Test
  void expOfExtremesStaysInRange() {
    assertThat(exp(0)).isEqualTo(1f);
    assertThat(exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(exp(-1000)).isZero();
    assertThat(exp(1000)).isFinite().isGreaterThan(1e38f);
    assertThat(exp(Float.NaN)).isNaN();
  }

  @Test
  void siluGoesToItsLimits() {
    assertThat(silu(-200)).isCloseTo(0f, Offset.offset(1e-30f));
    assertThat(silu(200)).isEqualTo(200f);
    assertThat(silu(1)).isCloseTo(0.7310586f, Offset.offset(1e-6f));
  }

  private static float exp(float x) {
    return VectorMath.exp(FloatVector.broadcast(FLOATS, x)).lane(0);
  }

  private static float silu(float x) {
    return VectorMath.silu(FloatVector.broadcast(FLOATS, x)).lane(0);
  }
}
