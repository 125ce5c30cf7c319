package dev.jmr.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Sizes and ages as people read them, in the words of Docker's commands.
final class HumanText {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
  private static final int STEP = 1000;
  private static final int HOURS_PER_DAY = 24;
  private static final int DAYS_PER_WEEK = 7;
  private static final int DAYS_PER_MONTH = 30;
  private static final int DAYS_PER_YEAR = 365;

  private HumanText() {}

  /// Bytes in powers of 1000 with three or four digits: `256.4MB`.
  static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return unit == 0
        ? bytes + UNITS[0]
        : String.format(Locale.ROOT, value >= 100 ? "%.1f%s" : "%.2f%s", value, UNITS[unit]);
  }

  /// A number in powers of 1000: `950`, `1.2K`, `34M`, `1.2B`.
  static String count(long number) {
    String[] units = {"", "K", "M", "B"};
    double value = number;
    int unit = 0;
    while (value >= STEP && unit < units.length - 1) {
      value /= STEP;
      unit++;
    }
    return unit == 0
        ? Long.toString(number)
        : String.format(Locale.ROOT, value < 10 ? "%.1f%s" : "%.0f%s", value, units[unit]);
  }

  /// How long ago something was, roughly: `3 weeks ago`.
  static String age(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    return age.isNegative() ? "just now" : about(age) + " ago";
  }

  /// A span of time, roughly: `4 minutes`.
  static String span(Duration time) {
    return about(time);
  }

  private static String about(Duration age) {
    long seconds = age.toSeconds();
    long minutes = age.toMinutes();
    long hours = Math.round(minutes / 60.0);
    long days = hours / HOURS_PER_DAY;
    if (seconds < 1) {
      return "less than a second";
    }
    if (seconds < 60) {
      return plural(seconds, "second");
    }
    if (minutes < 60) {
      return minutes == 1 ? "about a minute" : plural(minutes, "minute");
    }
    if (hours < 2 * HOURS_PER_DAY) {
      return hours == 1 ? "about an hour" : plural(hours, "hour");
    }
    if (days < 2 * DAYS_PER_WEEK) {
      return plural(days, "day");
    }
    if (days < 2 * DAYS_PER_MONTH) {
      return plural(days / DAYS_PER_WEEK, "week");
    }
    return days < 2 * DAYS_PER_YEAR
        ? plural(days / DAYS_PER_MONTH, "month")
        : plural(days / DAYS_PER_YEAR, "year");
  }

  private static String plural(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
