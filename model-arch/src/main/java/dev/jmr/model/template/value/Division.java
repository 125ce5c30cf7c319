package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/// Python's `/`, `//` and `%`: quotients round down, remainders have the sign of the divisor.
final class Division {
  private static final long EXACT = 1L << 53;

  private Division() {}

  static Real divide(Int a, Int b) {
    if (!b.truthy()) {
      throw new TemplateException("division by zero");
    }
    if (exact(a) && exact(b)) {
      return new Real((double) a.asLong() / b.asLong());
    }
    double quotient =
        new BigDecimal(a.asBigInteger())
            .divide(new BigDecimal(b.asBigInteger()), new MathContext(60))
            .doubleValue();
    if (Double.isInfinite(quotient)) {
      throw new TemplateException("integer division result too large for a float");
    }
    return new Real(quotient);
  }

  private static boolean exact(Int value) {
    return value.isLong() && value.asLong() <= EXACT && value.asLong() >= -EXACT;
  }

  static Int floorDivide(Int a, Int b) {
    if (!b.truthy()) {
      throw new TemplateException("integer division or modulo by zero");
    }
    if (a.isLong() && b.isLong() && b.asLong() != -1) {
      return Int.of(Math.floorDiv(a.asLong(), b.asLong()));
    }
    BigInteger[] parts = a.asBigInteger().divideAndRemainder(b.asBigInteger());
    boolean down = parts[1].signum() != 0 && parts[1].signum() != b.signum();
    return Int.of(down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
  }

  static Int modulo(Int a, Int b) {
    if (!b.truthy()) {
      throw new TemplateException("integer modulo by zero");
    }
    if (a.isLong() && b.isLong()) {
      return Int.of(Math.floorMod(a.asLong(), b.asLong()));
    }
    BigInteger remainder = a.asBigInteger().remainder(b.asBigInteger());
    boolean other = remainder.signum() != 0 && remainder.signum() != b.signum();
    return Int.of(other ? remainder.add(b.asBigInteger()) : remainder);
  }

  static Real divide(double a, double b) {
    if (b == 0) {
      throw new TemplateException("float division by zero");
    }
    return new Real(a / b);
  }

  static Real floorDivide(double a, double b) {
    if (b == 0) {
      throw new TemplateException("float floor division by zero");
    }
    double remainder = remainder(a, b);
    double quotient = (a - remainder) / b;
    if (quotient == 0) {
      return new Real(Math.copySign(0.0, a / b));
    }
    double floor = Math.floor(quotient);
    return new Real(quotient - floor > 0.5 ? floor + 1 : floor);
  }

  static Real modulo(double a, double b) {
    if (b == 0) {
      throw new TemplateException("float modulo");
    }
    return new Real(remainder(a, b));
  }

  private static double remainder(double a, double b) {
    double remainder = a % b;
    if (remainder == 0) {
      return Math.copySign(0.0, b);
    }
    return (remainder < 0) != (b < 0) ? remainder + b : remainder;
  }
}
