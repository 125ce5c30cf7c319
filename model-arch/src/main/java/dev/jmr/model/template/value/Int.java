package dev.jmr.model.template.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// An integer of any size; those that fit a `long` are kept as one.
public final class Int implements Value {
  private static final Int[] SMALL = new Int[384];
  private static final int SMALLEST = -128;

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = new Int(i + SMALLEST, null);
    }
  }

  public static final Int ZERO = of(0);

  private final long small;
  private final @Nullable BigInteger big;

  private Int(long small, @Nullable BigInteger big) {
    this.small = small;
    this.big = big;
  }

  public static Int of(long value) {
    long index = value - SMALLEST;
    return index >= 0 && index < SMALL.length ? SMALL[(int) index] : new Int(value, null);
  }

  public static Int of(BigInteger value) {
    return value.bitLength() < Long.SIZE ? of(value.longValue()) : new Int(0, value);
  }

  public boolean isLong() {
    return big == null;
  }

  /// The value; only where [#isLong()].
  public long asLong() {
    return small;
  }

  public BigInteger asBigInteger() {
    return big == null ? BigInteger.valueOf(small) : big;
  }

  public double asDouble() {
    return big == null ? small : big.doubleValue();
  }

  /// The value, or the nearest that an `int` can hold: for indices and widths.
  public int clamped() {
    if (big != null) {
      return big.signum() < 0 ? -Integer.MAX_VALUE : Integer.MAX_VALUE;
    }
    return Math.clamp(small, -Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  public int signum() {
    return big == null ? Long.signum(small) : big.signum();
  }

  public int compare(Int other) {
    return big == null && other.big == null
        ? Long.compare(small, other.small)
        : asBigInteger().compareTo(other.asBigInteger());
  }

  @Override
  public String typeName() {
    return "int";
  }

  @Override
  public boolean truthy() {
    return big != null || small != 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return switch (other) {
      case Int i -> compare(i) == 0;
      case Bool b -> equals(b.toInt());
      case Real r -> equalsReal(r.value());
      case null, default -> false;
    };
  }

  boolean equalsReal(double value) {
    return Double.isFinite(value)
        && new BigDecimal(value).compareTo(new BigDecimal(asBigInteger())) == 0;
  }

  /// Equal to the hash of an equal float.
  @Override
  public int hashCode() {
    return Double.hashCode(asDouble() + 0.0);
  }

  @Override
  public String toString() {
    return big == null ? Long.toString(small) : big.toString();
  }
}
