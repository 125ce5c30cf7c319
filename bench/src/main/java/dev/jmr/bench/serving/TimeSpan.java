package dev.jmr.bench.serving;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads times such as `30s`, `1m30s`, `1.5h` or `500ms`, as Docker's commands take them.
final class TimeSpan implements ITypeConverter<Duration> {
  private static final Pattern ALL =
      Pattern.compile("(?:[0-9]{1,6}(?:\\.[0-9]{1,6})?(?:ms|s|m|h)){1,4}");
  private static final Pattern PART = Pattern.compile("([0-9.]+)(ms|s|m|h)");

  @Override
  public Duration convert(String text) {
    Duration sum = Duration.ZERO;
    if (ALL.matcher(text).matches()) {
      Matcher part = PART.matcher(text);
      while (part.find()) {
        double millis = Double.parseDouble(part.group(1)) * millis(part.group(2));
        sum = sum.plusMillis(Math.round(millis));
      }
    }
    if (sum.isZero()) {
      throw new TypeConversionException(
          "expected a time such as 30s, 1m30s or 500ms, got '%s'".formatted(text));
    }
    return sum;
  }

  private static int millis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      default -> 3_600_000;
    };
  }
}
