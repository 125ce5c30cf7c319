package dev.jmr.model.sample;

/// The exponential function to a relative error of 1e-9, several times as fast as `StrictMath`'s.
///
/// Additions and multiplications of `double` only, so that, unlike with `Math.exp`, the result is the same on every machine.
final class Exp {
  /// Below this a `float` holds nothing of the result.
  private static final double SMALLEST = -104;

  private static final double LOG2_E = 1.4426950408889634;

  /// `ln 2` in two parts, the first short enough that its product with the exponent is exact.
  private static final double LN2_HIGH = 0x1.62e42feep-1;

  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  private Exp() {}

  /// `e` to the power of `x`, for `x` of at most 700; 0 for `x` below -104.
  static double exp(double x) {
    if (x < SMALLEST) {
      return 0;
    }
    double exponent = Math.rint(x * LOG2_E);
    double r = x - exponent * LN2_HIGH - exponent * LN2_LOW;
    double tail = 1.0 / 5040 + r * (1.0 / 40320);
    tail = 1.0 / 120 + r * (1.0 / 720 + r * tail);
    double power = 1 + r * (1 + r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * tail))));
    return power * Double.longBitsToDouble(((long) exponent + 1023) << 52);
  }
}
