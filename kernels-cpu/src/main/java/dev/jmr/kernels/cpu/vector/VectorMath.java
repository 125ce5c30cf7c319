package dev.jmr.kernels.cpu.vector;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.tensor.graph.Glu;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Functions of a vector of floats that every machine computes alike.
public final class VectorMath {
  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0.69314575f;
  private static final float LN2_LOW = 1.4286068e-6f;

  /// Adding and subtracting it rounds to a whole number; the number stands in the lowest bits of the sum.
  private static final float ROUND = 0x1.8p23f;

  private static final int EXPONENT_BIAS = 127;

  /// `e^88`.
  private static final float LARGEST = 1.6516363e38f;

  /// `2 · √(2/π)`.
  private static final float GELU_LINEAR = 1.595769f;

  private static final float GELU_CUBIC = 0.044715f * GELU_LINEAR;

  private VectorMath() {}

  /// `e^x` with a relative error below 2e-7; 0 below -87, `e^88` above 88.
  ///
  /// Out-of-range lanes are replaced at the end rather than clamped at the beginning, so that NaN stays NaN.
  public static FloatVector exp(FloatVector x) {
    FloatVector rounded = x.mul(LOG2_E).add(ROUND);
    FloatVector n = rounded.sub(ROUND);
    FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), x);
    r = n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
    FloatVector p = r.mul(1 / 5040f).add(1 / 720f);
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 120f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 24f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 6f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 0.5f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
    FloatVector power =
        rounded
            .reinterpretAsInts()
            .add(EXPONENT_BIAS)
            .lanewise(VectorOperators.LSHL, 23)
            .reinterpretAsFloats();
    return p.mul(power)
        .blend(0f, x.compare(VectorOperators.LT, -87f))
        .blend(LARGEST, x.compare(VectorOperators.GT, 88f));
  }

  /// `x / (1 + e^-x)`.
  public static FloatVector silu(FloatVector x) {
    return x.div(exp(x.neg()).add(1f));
  }

  /// `x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`, which is `x / (1 + e^-2y)` of what the tanh is taken of.
  public static FloatVector gelu(FloatVector x) {
    FloatVector cubic = x.mul(x).mul(GELU_CUBIC).add(GELU_LINEAR);
    return x.div(exp(x.mul(cubic).neg()).add(1f));
  }

  /// `(e^x - e^-x) / (e^x + e^-x)` with an absolute error below 3e-7.
  public static FloatVector tanh(FloatVector x) {
    FloatVector e = exp(x.add(x));
    return FloatVector.broadcast(FLOATS, 1f).sub(FloatVector.broadcast(FLOATS, 2f).div(e.add(1f)));
  }

  /// [dev.jmr.tensor.graph.Glu#SWIGLU_OAI].
  public static FloatVector swiGluOai(FloatVector gate, FloatVector up) {
    FloatVector g = gate.blend(Glu.OAI_LIMIT, gate.compare(VectorOperators.GT, Glu.OAI_LIMIT));
    FloatVector u = up.blend(Glu.OAI_LIMIT, up.compare(VectorOperators.GT, Glu.OAI_LIMIT));
    u = u.blend(-Glu.OAI_LIMIT, u.compare(VectorOperators.LT, -Glu.OAI_LIMIT));
    return g.div(exp(g.mul(-Glu.OAI_ALPHA)).add(1f)).mul(u.add(1f));
  }
}
