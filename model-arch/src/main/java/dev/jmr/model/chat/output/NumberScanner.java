package dev.jmr.model.chat.output;

/// Follows a number of JSON character by character.
final class NumberScanner {
  private enum Place {
    START,
    MINUS,
    ZERO,
    INTEGER,
    POINT,
    FRACTION,
    EXPONENT,
    SIGN,
    POWER
  }

  private Place place = Place.START;

  /// Whether the number may end here.
  boolean complete() {
    return place == Place.ZERO
        || place == Place.INTEGER
        || place == Place.FRACTION
        || place == Place.POWER;
  }

  /// Takes the character if it goes on the number.
  boolean accept(char c) {
    Place next = next(c);
    boolean taken = next != Place.START;
    place = taken ? next : place;
    return taken;
  }

  private Place next(char c) {
    boolean digit = c >= '0' && c <= '9';
    boolean power = c == 'e' || c == 'E';
    return switch (place) {
      case START -> c == '-' ? Place.MINUS : first(c, digit);
      case MINUS -> first(c, digit);
      case ZERO -> c == '.' ? Place.POINT : power ? Place.EXPONENT : Place.START;
      case INTEGER -> digit ? place : c == '.' ? Place.POINT : power ? Place.EXPONENT : Place.START;
      case POINT -> digit ? Place.FRACTION : Place.START;
      case FRACTION -> digit ? place : power ? Place.EXPONENT : Place.START;
      case EXPONENT -> c == '+' || c == '-' ? Place.SIGN : digit ? Place.POWER : Place.START;
      case SIGN, POWER -> digit ? Place.POWER : Place.START;
    };
  }

  private static Place first(char c, boolean digit) {
    return c == '0' ? Place.ZERO : digit ? Place.INTEGER : Place.START;
  }
}
