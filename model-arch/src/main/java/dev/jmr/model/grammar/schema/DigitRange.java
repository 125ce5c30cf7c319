package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Graph;
import dev.jmr.model.grammar.Expression.Step;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whole numbers from one to another that are multiples of a number, digit by digit; written with a decimal point, if
/// wanted.
final class DigitRange {
  private static final int END = 1;

  private final int modulus;
  private final int scale;
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final ArrayDeque<Node> open = new ArrayDeque<>();
  private final List<Step> steps = new ArrayList<>();

  /// What matters for the digits to come: how many, between which (those that are not bounded any more are `""`), and
  /// what is left of the division so far.
  private record Node(int digits, String low, String high, int remainder) {}

  /// @param scale how many digits stand behind the point; 0 for none, and no point
  DigitRange(int modulus, int scale) {
    this.modulus = modulus;
    this.scale = scale;
  }

  /// @param min not negative
  /// @param max not less than `min`
  Expression of(BigInteger min, BigInteger max) {
    for (int digits = scale + 1; digits <= Math.max(scale + 1, max.toString().length()); digits++) {
      BigInteger first = digits == scale + 1 ? BigInteger.ZERO : BigInteger.TEN.pow(digits - 1);
      BigInteger last = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
      BigInteger low = min.max(first);
      BigInteger high = max.min(last);
      if (low.compareTo(high) <= 0) {
        int node = number(new Node(digits, padded(low, digits), padded(high, digits), 0));
        steps.add(new Step(0, Expression.EMPTY, node));
      }
    }
    while (!open.isEmpty()) {
      expand(open.remove());
    }
    return new Graph(numbers.size() + 2, steps, 0, Set.of(END));
  }

  private static String padded(BigInteger number, int digits) {
    String text = number.toString();
    return "0".repeat(digits - text.length()) + text;
  }

  private int number(Node node) {
    Integer known = numbers.get(node);
    if (known == null) {
      known = numbers.size() + 2;
      numbers.put(node, known);
      open.add(node);
    }
    return known;
  }

  private void expand(Node node) {
    int from = number(node);
    if (node.digits == 0) {
      if (node.remainder == 0) {
        steps.add(new Step(from, Expression.EMPTY, END));
      }
      return;
    }
    int first = node.low.isEmpty() ? 0 : node.low.charAt(0) - '0';
    int last = node.high.isEmpty() ? 9 : node.high.charAt(0) - '0';
    int digit = first;
    while (digit <= last) {
      Node next = next(node, digit, digit == first, digit == last);
      int end = digit;
      while (end < last && next(node, end + 1, end + 1 == first, end + 1 == last).equals(next)) {
        end++;
      }
      Expression label = new Characters(CodePoints.range('0' + digit, '0' + end));
      if (node.digits == scale) {
        label = Expression.sequence(Expression.text("."), label);
      }
      steps.add(new Step(from, label, number(next)));
      digit = end + 1;
    }
  }

  private Node next(Node node, int digit, boolean isFirst, boolean isLast) {
    return new Node(
        node.digits - 1,
        isFirst && !node.low.isEmpty() ? node.low.substring(1) : "",
        isLast && !node.high.isEmpty() ? node.high.substring(1) : "",
        (node.remainder * 10 + digit) % modulus);
  }
}
