package dev.jmr.kernels.cpu.vector;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

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
}
