package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Numbers as Python sees them: booleans are integers, integers become floats where one side is a float.
public final class Numbers {
  private Numbers() {}

  public static boolean isNumber(Value value) {
    return value instanceof Int || value instanceof Bool || value instanceof Real;
  }

  /// An integer, or a boolean as one.
  ///
  /// @throws TemplateException if it is neither an integer nor a boolean
  public static Int toInt(Value value) {
    return switch (value) {
      case Int i -> i;
      case Bool b -> b.toInt();
      case Undefined u -> throw u.failure();
      default ->
          throw new TemplateException(
              "'" + value.typeName() + "' object cannot be interpreted as an integer");
    };
  }

  /// A number as a float.
  ///
  /// @throws TemplateException if it is not a number, or too large
  public static double toDouble(Value value) {
    if (value instanceof Real r) {
      return r.value();
    } else if (!isNumber(value)) {
      throw new TemplateException("must be real number, not " + value.typeName());
    }
    double number = toInt(value).asDouble();
    if (Double.isInfinite(number)) {
      throw new TemplateException("int too large to convert to float");
    }
    return number;
  }

  /// The integer part of a finite float.
  public static Int truncate(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new TemplateException(
          "cannot convert float " + (Double.isNaN(number) ? "NaN" : "infinity") + " to integer");
    }
    return Math.abs(number) < 1e18
        ? Int.of((long) number)
        : Int.of(new BigDecimal(number).toBigInteger());
  }

  /// Python's `round(number, digits)`: half to even, of the exact binary value.
  public static double round(double number, int digits) {
    if (Double.isNaN(number) || Double.isInfinite(number) || digits > 400) {
      return number;
    }
    double rounded =
        new BigDecimal(number)
            .setScale(Math.max(digits, -400), RoundingMode.HALF_EVEN)
            .doubleValue();
    return rounded == 0 ? Math.copySign(0.0, number) : rounded;
  }

  /// Python's `round(number, -digits)` of an integer.
  public static Int roundInteger(Int number, int digits) {
    if (digits >= 0) {
      return number;
    }
    BigDecimal exact = new BigDecimal(number.asBigInteger());
    BigInteger rounded =
        exact.setScale(Math.max(digits, -5000), RoundingMode.HALF_EVEN).toBigInteger();
    return Int.of(rounded);
  }
}
