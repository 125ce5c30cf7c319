package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Graph;
import dev.jmr.model.grammar.Expression.Step;
import dev.jmr.model.grammar.GrammarException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Numbers from zero upwards between two bounds, with a fraction or without, without exponent.
final class DecimalRange {
  private static final int FRACTION_DIGITS = 10;
  private static final int MAX_DIGITS = 40;

  private DecimalRange() {}

  /// The numbers of a range.
  ///
  /// @param range has a `min` that is not negative
  /// @return nothing, if no such number is in the range
  static Optional<Expression> of(NumberText.Range range, String at) {
    BigDecimal min = range.min().orElse(BigDecimal.ZERO).stripTrailingZeros();
    BigDecimal most = BigDecimal.TEN.pow(JsonText.INTEGER_DIGITS);
    BigDecimal max = range.max().orElse(min.add(most)).stripTrailingZeros();
    if (min.compareTo(max) > 0) {
      return Optional.empty();
    }
    if (max.precision() - max.scale() > MAX_DIGITS
        || Math.max(min.scale(), max.scale()) > MAX_DIGITS) {
      throw new GrammarException(at, "expected bounds of at most %d digits".formatted(MAX_DIGITS));
    }
    BigInteger low = min.setScale(0, RoundingMode.FLOOR).toBigInteger();
    BigInteger high = max.setScale(0, RoundingMode.FLOOR).toBigInteger();
    String lowFraction = fraction(min);
    String highFraction = fraction(max);
    Fraction least = new Fraction(lowFraction, range.minExcluded(), "", false, true);
    Fraction greatest = new Fraction("", false, highFraction, range.maxExcluded(), false);
    if (low.equals(high)) {
      Fraction both =
          new Fraction(lowFraction, range.minExcluded(), highFraction, range.maxExcluded(), false);
      return Optional.of(Expression.sequence(Expression.text(low.toString()), both.graph(true)));
    }
    List<Expression> options = new ArrayList<>();
    options.add(Expression.sequence(Expression.text(low.toString()), least.graph(true)));
    BigInteger first = low.add(BigInteger.ONE);
    BigInteger last = high.subtract(BigInteger.ONE);
    if (first.compareTo(last) <= 0) {
      Expression whole = new DigitRange(1, 0).of(first, last);
      options.add(
          Expression.sequence(whole, new Fraction("", false, "", false, true).graph(false)));
    }
    options.add(Expression.sequence(Expression.text(high.toString()), greatest.graph(false)));
    return Optional.of(new Expression.Choice(options));
  }

  private static String fraction(BigDecimal value) {
    String text = value.toPlainString();
    int point = text.indexOf('.');
    return point < 0 ? "" : text.substring(point + 1);
  }

  /// The digits behind the point; what is missing of a bound is zeros.
  ///
  /// @param unbounded whether there is no upper bound
  private record Fraction(
      String low, boolean lowExcluded, String high, boolean highExcluded, boolean unbounded) {

    /// Nodes are pairs of a place, whether the digits so far equal the lower bound's, and whether the upper bound's.
    Graph graph(boolean bounded) {
      int digits = Math.max(FRACTION_DIGITS, Math.max(low.length(), high.length()) + 1);
      List<Step> steps = new ArrayList<>();
      Set<Integer> ends = new HashSet<>();
      for (int place = 0; place <= digits; place++) {
        for (int tight = 0; tight < 4; tight++) {
          int node = place * 4 + tight;
          if (mayEnd(place, tight)) {
            ends.add(node);
          }
          if (place < digits) {
            expand(node, place, tight, steps);
          }
        }
      }
      int start = (bounded ? 1 : 0) | (unbounded ? 0 : 2);
      return new Graph((digits + 1) * 4, steps, start, ends);
    }

    private void expand(int node, int place, int tight, List<Step> steps) {
      int first = (tight & 1) == 0 ? 0 : digit(low, place);
      int last = (tight & 2) == 0 ? 9 : digit(high, place);
      for (int digit = first; digit <= last; digit++) {
        int still = (digit == first ? tight & 1 : 0) | (digit == last ? tight & 2 : 0);
        Expression label = new Characters(CodePoints.of('0' + digit));
        steps.add(
            new Step(
                node,
                place == 0 ? Expression.sequence(Expression.text("."), label) : label,
                (place + 1) * 4 + still));
      }
    }

    private boolean mayEnd(int place, int tight) {
      boolean lowOk = (tight & 1) == 0 || (zerosFrom(low, place) && !lowExcluded);
      boolean highOk = (tight & 2) == 0 || !zerosFrom(high, place) || !highExcluded;
      return lowOk && highOk;
    }

    private static boolean zerosFrom(String digits, int place) {
      return digits.length() <= place
          || digits.substring(place).chars().allMatch(digit -> digit == '0');
    }

    private static int digit(String digits, int place) {
      return place < digits.length() ? digits.charAt(place) - '0' : 0;
    }
  }
}
