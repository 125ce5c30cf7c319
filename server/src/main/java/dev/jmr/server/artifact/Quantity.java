package dev.jmr.server.artifact;

import java.util.Locale;

/// Numbers as configurations write them: at most two decimals and a unit, without a blank.
final class Quantity {
  private static final String[] NUMBER_UNITS = {"", "K", "M", "B", "T", "P"};
  private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Quantity() {}

  /// A number of parameters: `361.82M`, `8B`.
  static String parameters(long count) {
    return scaled(count, 1000, NUMBER_UNITS);
  }

  /// A number of bytes: `256.35MiB`.
  static String bytes(long count) {
    return scaled(count, 1024, BYTE_UNITS);
  }

  private static String scaled(long count, int base, String[] units) {
    double value = count;
    int unit = 0;
    while (value >= base && unit < units.length - 1) {
      value /= base;
      unit++;
    }
    String text = String.format(Locale.ROOT, "%.2f", value);
    return (text.endsWith(".00") ? text.substring(0, text.length() - 3) : text) + units[unit];
  }
}
