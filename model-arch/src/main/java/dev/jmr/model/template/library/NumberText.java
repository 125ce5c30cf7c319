package dev.jmr.model.template.library;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Whitespace;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads numbers from text as Python's `int` and `float` do.
final class NumberText {
  private static final Pattern REAL =
      Pattern.compile(
          "[+-]?([0-9]++(_[0-9]++)*+\\.?+([0-9]++(_[0-9]++)*+)?|\\.[0-9]++(_[0-9]++)*+)(e[+-]?[0-9]++)?");
  private static final Pattern SPECIAL = Pattern.compile("([+-]?)(inf|infinity|nan)");
  private static final int LONGEST = 4096;

  private NumberText() {}

  static Optional<Double> real(String text) {
    String number = Whitespace.strip(text, true, true).toLowerCase(Locale.ROOT);
    if (number.length() > LONGEST) {
      return Optional.empty();
    } else if (REAL.matcher(number).matches()) {
      return Optional.of(Double.parseDouble(number.replace("_", "")));
    } else if (SPECIAL.matcher(number).matches()) {
      boolean negative = number.startsWith("-");
      double value = number.endsWith("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
      return Optional.of(negative ? -value : value);
    }
    return Optional.empty();
  }

  /// @param base 2 to 36, or 0 for the one that the prefix says
  static Optional<Int> integer(String text, int base, Budget budget) {
    String number = Whitespace.strip(text, true, true).toLowerCase(Locale.ROOT);
    boolean negative = number.startsWith("-");
    String digits = negative || number.startsWith("+") ? number.substring(1) : number;
    int prefix = prefixed(digits);
    int radix = base != 0 ? base : prefix == 0 ? 10 : prefix;
    if (prefix == radix && radix != 10) {
      digits = digits.substring(digits.startsWith("_", 2) ? 3 : 2);
    }
    boolean grouped = !digits.startsWith("_") && !digits.endsWith("_") && !digits.contains("__");
    String plain = digits.replace("_", "");
    boolean valid =
        radix >= 2
            && radix <= 36
            && Characters.all(plain, c -> Character.digit(c, radix) >= 0)
            && (base != 0
                || prefix != 0
                || !plain.startsWith("0")
                || plain.replace("0", "").isEmpty());
    if (!grouped || !valid || plain.length() > LONGEST) {
      return Optional.empty();
    }
    budget.integer(plain.length() * 3L);
    BigInteger value = new BigInteger(plain, radix);
    return Optional.of(Int.of(negative ? value.negate() : value));
  }

  private static int prefixed(String digits) {
    if (digits.length() < 3 || digits.charAt(0) != '0') {
      return 0;
    }
    return switch (digits.charAt(1)) {
      case 'x' -> 16;
      case 'o' -> 8;
      case 'b' -> 2;
      default -> 0;
    };
  }
}
