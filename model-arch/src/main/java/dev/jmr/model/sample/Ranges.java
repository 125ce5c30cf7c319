package dev.jmr.model.sample;

/// The form of the messages about parameters that are outside their range.
final class Ranges {
  private Ranges() {}

  /// @throws IllegalArgumentException if `valid` is false
  static void check(boolean valid, String name, String expected, Object value) {
    if (!valid) {
      throw new IllegalArgumentException(name + ": expected " + expected + ", got " + value);
    }
  }
}
