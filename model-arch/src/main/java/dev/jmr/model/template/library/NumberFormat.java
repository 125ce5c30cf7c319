package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Real;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Floats with a given number of digits: the presentations `f`, `e` and `g`.
final class NumberFormat {
  private NumberFormat() {}

  /// `f`: digits behind the point.
  static String fixed(double number, int digits) {
    if (!Double.isFinite(number)) {
      return new Real(number).text();
    }
    String text =
        new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).abs().toPlainString();
    return sign(number) + text;
  }

  /// `e`: one digit before the point.
  static String scientific(double number, int digits) {
    if (!Double.isFinite(number)) {
      return new Real(number).text();
    }
    BigDecimal rounded = rounded(number, digits + 1);
    int exponent = number == 0 ? 0 : exponent(rounded);
    String mantissa =
        rounded
            .movePointLeft(exponent)
            .setScale(digits, RoundingMode.HALF_EVEN)
            .abs()
            .toPlainString();
    return sign(number) + mantissa + power(exponent);
  }

  /// `g`: significant digits, without zeros at the end unless `alternate`.
  static String general(double number, int digits, boolean alternate) {
    if (!Double.isFinite(number)) {
      return new Real(number).text();
    }
    int significant = Math.max(digits, 1);
    int exponent = number == 0 ? 0 : exponent(rounded(number, significant));
    boolean scientific = exponent < -4 || exponent >= significant;
    String text =
        scientific
            ? scientific(number, significant - 1)
            : fixed(number, significant - 1 - exponent);
    if (alternate || text.indexOf('.') < 0) {
      return text;
    }
    int end = scientific ? text.indexOf('e') : text.length();
    int kept = end;
    while (text.charAt(kept - 1) == '0') {
      kept--;
    }
    kept -= text.charAt(kept - 1) == '.' ? 1 : 0;
    return text.substring(0, kept) + text.substring(end);
  }

  private static BigDecimal rounded(double number, int significant) {
    return new BigDecimal(number).round(new MathContext(significant, RoundingMode.HALF_EVEN));
  }

  private static int exponent(BigDecimal number) {
    return number.precision() - number.scale() - 1;
  }

  private static String sign(double number) {
    return number < 0 || (number == 0 && 1 / number < 0) ? "-" : "";
  }

  private static String power(int exponent) {
    String digits = Integer.toString(Math.abs(exponent));
    return "e" + (exponent < 0 ? "-" : "+") + (digits.length() < 2 ? "0" : "") + digits;
  }
}
