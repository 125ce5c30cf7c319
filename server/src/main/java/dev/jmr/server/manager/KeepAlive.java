package dev.jmr.server.manager;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a model stays loaded after its last request.
///
/// @param time empty = for ever; zero = not at all
public record KeepAlive(Optional<Duration> time) {
  public static final KeepAlive FOREVER = new KeepAlive(Optional.empty());
  public static final KeepAlive DEFAULT = new KeepAlive(Optional.of(Duration.ofMinutes(5)));

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{0,9})?");
  private static final Pattern PART =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{0,9})?)(ns|us|µs|ms|s|m|h)");

  /// Reads `5m`, `1h30m` (as Go's durations), `300` (seconds), `0`, and `-1` or any other negative one: for ever.
  ///
  /// @throws IllegalArgumentException if it is none of these
  public static KeepAlive parse(String text) {
    String trimmed = text.strip();
    if (trimmed.startsWith("-")) {
      parse(trimmed.substring(1).replaceFirst("^-", "?"));
      return FOREVER;
    }
    if (NUMBER.matcher(trimmed).matches()) {
      return new KeepAlive(Optional.of(nanos(trimmed, 1_000_000_000L)));
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(trimmed);
    int end = 0;
    while (part.find() && part.start() == end) {
      sum = sum.plus(nanos(part.group(1), unit(part.group(2))));
      end = part.end();
    }
    if (end == 0 || end != trimmed.length()) {
      throw new IllegalArgumentException(
          "keep_alive: expected a duration such as 5m or 1h30m, seconds, 0 or -1, got '%s'"
              .formatted(text));
    }
    return new KeepAlive(Optional.of(sum));
  }

  private static Duration nanos(String number, long unit) {
    BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
    BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
    return Duration.ofSeconds(
        parts[0].longValueExact(), parts[1].setScale(0, RoundingMode.DOWN).longValueExact());
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1L;
      case "us", "µs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> throw new IllegalArgumentException("unit: expected one of Go's, got " + name);
    };
  }

  /// As Docker Model Runner writes it: `-1`, `0s`, `5m0s`, `1h0m0s`.
  @Override
  public String toString() {
    if (time.isEmpty()) {
      return "-1";
    }
    Duration duration = time.get();
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutes() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    BigDecimal seconds =
        BigDecimal.valueOf(duration.toSecondsPart())
            .add(BigDecimal.valueOf(duration.toNanosPart(), 9))
            .stripTrailingZeros();
    return text.append(seconds.toPlainString()).append('s').toString();
  }
}
