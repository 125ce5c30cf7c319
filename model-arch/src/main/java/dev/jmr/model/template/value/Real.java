package dev.jmr.model.template.value;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Python's `float`.
public record Real(double value) implements Value {
  /// Python's `repr`: the shortest digits that read back as the same number.
  public String text() {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent < -4 || exponent >= 16) {
      return scientific(decimal, exponent);
    }
    return decimal.scale() <= 0 ? decimal.toPlainString() + ".0" : decimal.toPlainString();
  }

  private static String scientific(BigDecimal decimal, int exponent) {
    String digits = decimal.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "");
    return (decimal.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + "e"
        + power
        + Math.abs(exponent);
  }

  @Override
  public String typeName() {
    return "float";
  }

  @Override
  public boolean truthy() {
    return value != 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return switch (other) {
      case Real r -> value == r.value;
      case Int i -> i.equalsReal(value);
      case Bool b -> b.toInt().equalsReal(value);
      case null, default -> false;
    };
  }

  @Override
  public int hashCode() {
    return Double.hashCode(value + 0.0);
  }
}
