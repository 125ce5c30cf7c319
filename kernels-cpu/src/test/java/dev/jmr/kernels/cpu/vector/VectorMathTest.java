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

  @Test
  void geluIsItsTanhForm() {
    for (float x = -12; x <= 12; x += 0.0371f) {
      double y = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
      double exact = x / 2 * (1 + Math.tanh(y));
      assertThat((double) gelu(x)).as("gelu(%s)", x).isCloseTo(exact, Offset.offset(1e-6));
    }
    assertThat(gelu(1e30f)).isEqualTo(1e30f);
    assertThat(gelu(-1e30f)).isCloseTo(0f, Offset.offset(1e-7f));
    assertThat(gelu(Float.NaN)).isNaN();
  }

  @Test
  void tanhIsWithinItsErrorBound() {
    for (float x = -20; x <= 20; x += 0.0371f) {
      assertThat((double) tanh(x)).as("tanh(%s)", x).isCloseTo(Math.tanh(x), Offset.offset(3e-7));
    }
    assertThat(tanh(1e30f)).isEqualTo(1f);
    assertThat(tanh(-1e30f)).isEqualTo(-1f);
  }

  @Test
  void swiGluOaiCutsOff() {
    assertThat(swiGluOai(100, 100)).isCloseTo(56f, Offset.offset(1e-3f));
    assertThat(swiGluOai(100, -100)).isCloseTo(-42f, Offset.offset(1e-3f));
    assertThat(swiGluOai(-100, 3)).isCloseTo(0f, Offset.offset(1e-30f));
    assertThat(swiGluOai(1, 2)).isCloseTo(2.537f, Offset.offset(1e-3f));
  }

  private static float exp(float x) {
    return VectorMath.exp(FloatVector.broadcast(FLOATS, x)).lane(0);
  }

  private static float silu(float x) {
    return VectorMath.silu(FloatVector.broadcast(FLOATS, x)).lane(0);
  }

  private static float gelu(float x) {
    return VectorMath.gelu(FloatVector.broadcast(FLOATS, x)).lane(0);
  }

  private static float tanh(float x) {
    return VectorMath.tanh(FloatVector.broadcast(FLOATS, x)).lane(0);
  }

  private static float swiGluOai(float gate, float up) {
    FloatVector g = FloatVector.broadcast(FLOATS, gate);
    return VectorMath.swiGluOai(g, FloatVector.broadcast(FLOATS, up)).lane(0);
  }
}
