package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Choice;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.json.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Integers and numbers with `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum` and `multipleOf`.
///
/// Where there are bounds, numbers are written without exponent. Multiples of a decimal such as `0.05` are written with
/// as many decimals as it has.
final class NumberText {
  private static final int MAX_DIGITS = 40;
  private static final int MAX_MODULUS = 1000;

  private NumberText() {}

  /// From `min` to `max`, if there are any.
  record Range(
      Optional<BigDecimal> min,
      boolean minExcluded,
      Optional<BigDecimal> max,
      boolean maxExcluded) {

    static Range of(JsonObject schema, String at) {
      Optional<BigDecimal> min = Keywords.number(schema, "minimum", at);
      Optional<BigDecimal> above = Keywords.number(schema, "exclusiveMinimum", at);
      Optional<BigDecimal> max = Keywords.number(schema, "maximum", at);
      Optional<BigDecimal> below = Keywords.number(schema, "exclusiveMaximum", at);
      boolean minExcluded =
          above.isPresent() && (min.isEmpty() || above.get().compareTo(min.get()) >= 0);
      boolean maxExcluded =
          below.isPresent() && (max.isEmpty() || below.get().compareTo(max.get()) <= 0);
      return new Range(
          minExcluded ? above : min, minExcluded, maxExcluded ? below : max, maxExcluded);
    }

    boolean isUnbounded() {
      return min.isEmpty() && max.isEmpty();
    }

    /// Whether no number is in both.
    boolean excludes(Range other) {
      return endsBefore(this, other) || endsBefore(other, this);
    }

    private static boolean endsBefore(Range low, Range high) {
      if (low.max.isEmpty() || high.min.isEmpty()) {
        return false;
      }
      int order = low.max.get().compareTo(high.min.get());
      return order < 0 || (order == 0 && (low.maxExcluded || high.minExcluded));
    }

    Range negated() {
      return new Range(
          max.map(BigDecimal::negate), maxExcluded, min.map(BigDecimal::negate), minExcluded);
    }

    /// The least and the greatest multiple of `10^-scale`, as a whole number of these.
    BigInteger least(int scale, BigInteger absent) {
      return min.map(
              m -> {
                BigInteger up =
                    m.scaleByPowerOfTen(scale).setScale(0, RoundingMode.CEILING).toBigInteger();
                boolean equal = new BigDecimal(up).compareTo(m.scaleByPowerOfTen(scale)) == 0;
                return equal && minExcluded ? up.add(BigInteger.ONE) : up;
              })
          .orElse(absent);
    }

    BigInteger greatest(int scale, BigInteger absent) {
      return negated().least(scale, absent.negate()).negate();
    }
  }

  static Expression integer(JsonObject schema, String at) {
    Range range = Range.of(schema, at);
    Optional<BigDecimal> multiple = multiple(schema, at);
    if (range.isUnbounded() && multiple.isEmpty()) {
      return JsonText.INTEGER;
    }
    BigInteger step = BigInteger.ONE;
    if (multiple.isPresent()) {
      BigDecimal factor = multiple.get().stripTrailingZeros();
      int scale = Math.max(0, factor.scale());
      BigInteger whole = factor.scaleByPowerOfTen(scale).toBigIntegerExact();
      step = whole.divide(whole.gcd(BigInteger.TEN.pow(scale)));
    }
    return signed(range, step, 0, at);
  }

  static Expression number(JsonObject schema, String at) {
    Range range = Range.of(schema, at);
    Optional<BigDecimal> multiple = multiple(schema, at);
    if (multiple.isPresent()) {
      BigDecimal factor = multiple.get().stripTrailingZeros();
      int scale = Math.max(0, factor.scale());
      return signed(range, factor.scaleByPowerOfTen(scale).toBigIntegerExact(), scale, at);
    }
    if (range.isUnbounded()) {
      return JsonText.NUMBER;
    }
    List<Expression> options = new ArrayList<>();
    Range positive = above(range, true);
    DecimalRange.of(positive, at).ifPresent(options::add);
    DecimalRange.of(above(range.negated(), false), at)
        .ifPresent(part -> options.add(Expression.sequence(Expression.text("-"), part)));
    return nonEmpty(options, at);
  }

  /// The part from zero upwards.
  private static Range above(Range range, boolean withZero) {
    boolean cut = range.min.isEmpty() || range.min.get().signum() < 0;
    boolean zero = range.min.isPresent() && range.min.get().signum() == 0;
    return cut || zero
        ? new Range(
            Optional.of(BigDecimal.ZERO),
            !withZero || (zero && range.minExcluded),
            range.max,
            range.maxExcluded)
        : range;
  }

  private static Optional<BigDecimal> multiple(JsonObject schema, String at) {
    Optional<BigDecimal> multiple = Keywords.number(schema, "multipleOf", at);
    if (multiple.isPresent() && multiple.get().signum() <= 0) {
      throw new GrammarException(at + "/multipleOf", "expected more than 0, got " + multiple.get());
    }
    return multiple;
  }

  /// Multiples of `step`, in units of the last of `scale` decimals.
  private static Expression signed(Range range, BigInteger step, int scale, String at) {
    checkSize(range, step, scale, at);
    BigInteger most = BigInteger.TEN.pow(JsonText.INTEGER_DIGITS).subtract(BigInteger.ONE);
    BigInteger least =
        range.least(scale, range.greatest(scale, most).min(BigInteger.ZERO).subtract(most));
    BigInteger greatest = range.greatest(scale, least.max(BigInteger.ZERO).add(most));
    if (step.bitLength() > 31 || step.intValueExact() > MAX_MODULUS) {
      return listed(least, greatest, step, scale, at);
    }
    int modulus = step.intValueExact();
    List<Expression> options = new ArrayList<>();
    if (greatest.signum() >= 0 && least.compareTo(greatest) <= 0) {
      options.add(new DigitRange(modulus, scale).of(least.max(BigInteger.ZERO), greatest));
    }
    if (least.signum() < 0 && least.compareTo(greatest) <= 0) {
      BigInteger from = greatest.negate().max(BigInteger.ONE);
      Expression digits = new DigitRange(modulus, scale).of(from, least.negate());
      options.add(Expression.sequence(Expression.text("-"), digits));
    }
    return nonEmpty(options, at);
  }

  private static void checkSize(Range range, BigInteger step, int scale, String at) {
    List<BigDecimal> bounds = new ArrayList<>(List.of(new BigDecimal(step)));
    range.min.ifPresent(bounds::add);
    range.max.ifPresent(bounds::add);
    for (BigDecimal bound : bounds) {
      if (bound.precision() - bound.scale() > MAX_DIGITS || scale > MAX_DIGITS / 2) {
        throw new GrammarException(
            at, "expected bounds of at most %d digits, got %s".formatted(MAX_DIGITS, bound));
      }
    }
  }

  /// Where the steps are large: each multiple for itself.
  private static Expression listed(
      BigInteger least, BigInteger greatest, BigInteger step, int scale, String at) {
    BigInteger first = least.add(least.negate().mod(step));
    BigInteger count = greatest.subtract(first).divide(step);
    if (count.bitLength() > 11) {
      throw new GrammarException(
          at + "/multipleOf",
          "expected at most %d, or bounds that leave few multiples, got %s"
              .formatted(MAX_MODULUS, step));
    }
    List<Expression> options = new ArrayList<>();
    for (BigInteger n = first; n.compareTo(greatest) <= 0; n = n.add(step)) {
      options.add(Expression.text(new BigDecimal(n, scale).toPlainString()));
    }
    return nonEmpty(options, at);
  }

  private static Expression nonEmpty(List<Expression> options, String at) {
    if (options.isEmpty()) {
      throw new GrammarException(at, "no number is within these bounds");
    }
    return new Choice(options);
  }
}
