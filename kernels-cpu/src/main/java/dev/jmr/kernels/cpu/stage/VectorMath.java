package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Functions of a vector of floats that every machine computes alike.
final class VectorMath {
  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0.69314575f;
  private static final float LN2_LOW = 1.4286068e-6f;

  /// Adding and subtracting it rounds to a whole number; the number stands in the lowest bits of the sum.
  private static final float ROUND = 0x1.8p23f;

  private VectorMath() {}

  /// `e^x` with a relative error below 2e-7; 0 below -87, at most `e^88`.
  static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.min(88f).max(-87f);
    FloatVector rounded = bounded.mul(LOG2_E).add(ROUND);
    FloatVector n = rounded.sub(ROUND);
    FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), bounded);
    r = n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
    FloatVector p = r.mul(1 / 5040f).add(1 / 720f);
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 120f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 24f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 6f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 0.5f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
    FloatVector power =
        rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    FloatVector scaled = p.reinterpretAsInts().add(power.reinterpretAsInts()).reinterpretAsFloats();
    return scaled.blend(0f, x.compare(VectorOperators.LT, -87f));
  }

  /// `x / (1 + e^-x)`.
  static FloatVector silu(FloatVector x) {
    return x.div(exp(x.neg()).add(1f));
  }
}
