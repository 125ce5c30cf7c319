package dev.jmr.cli.runner;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes as runners tell them: `256.35MiB`.
final class HumanSize {
  private static final Pattern SIZE = Pattern.compile("([0-9]+(?:[.][0-9]+)?) *([KMGTP]?)(I?)B");
  private static final List<String> UNITS = List.of("", "K", "M", "G", "T", "P");

  private HumanSize() {}

  /// About as many bytes; 0 if it is no size.
  static long bytes(String text) {
    Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      return 0;
    }
    double step = size.group(3).isEmpty() ? 1000 : 1024;
    int power = UNITS.indexOf(size.group(2));
    return Math.round(Double.parseDouble(size.group(1)) * Math.pow(step, power));
  }
}
