package dev.jmr.model.chat.output;

/// Follows one value of JSON character by character and says where it ends. Strict, but for control characters in strings:
/// models write line feeds there.
final class JsonScanner {
  private static final int MOST_DEPTH = 256;

  private enum Place {
    VALUE,
    VALUE_OR_CLOSE,
    KEY,
    KEY_OR_CLOSE,
    COLON,
    NEXT,
    STRING,
    ESCAPE,
    HEX,
    NUMBER,
    WORD,
    DONE
  }

  private final StringBuilder open = new StringBuilder();
  private Place place = Place.VALUE;
  private boolean key;
  private int hex;
  private NumberScanner number = new NumberScanner();
  private String word = "";

  /// Whether the next character stands between the quotes of a string.
  boolean inString() {
    return place == Place.STRING;
  }

  /// Whether nothing of the value is there yet.
  boolean atStart() {
    return place == Place.VALUE && open.isEmpty();
  }

  /// Whether the value is whole if nothing follows.
  boolean completeAtEnd() {
    return place == Place.DONE || (place == Place.NUMBER && open.isEmpty() && number.complete());
  }

  Progress accept(char c) {
    return switch (place) {
      case STRING -> string(c);
      case ESCAPE -> escape(c);
      case HEX -> hex(c);
      case NUMBER -> number(c);
      case WORD -> word(c);
      case DONE -> Progress.DONE_BEFORE;
      case VALUE, VALUE_OR_CLOSE, KEY, KEY_OR_CLOSE, COLON, NEXT ->
          isSpace(c) ? Progress.MORE : structure(c);
    };
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private Progress structure(char c) {
    return switch (place) {
      case VALUE -> value(c);
      case VALUE_OR_CLOSE -> c == ']' ? close(c) : value(c);
      case KEY, KEY_OR_CLOSE -> {
        if (c == '"') {
          key = true;
          yield go(Place.STRING);
        }
        yield place == Place.KEY_OR_CLOSE && c == '}' ? close(c) : Progress.BROKEN;
      }
      case COLON -> c == ':' ? go(Place.VALUE) : Progress.BROKEN;
      case NEXT -> {
        if (c == ',') {
          yield go(inObject() ? Place.KEY : Place.VALUE);
        }
        yield c == '}' || c == ']' ? close(c) : Progress.BROKEN;
      }
      case STRING, ESCAPE, HEX, NUMBER, WORD, DONE -> Progress.BROKEN;
    };
  }

  private Progress value(char c) {
    switch (c) {
      case '{', '[' -> {
        open.append(c);
        return open.length() > MOST_DEPTH
            ? Progress.BROKEN
            : go(c == '{' ? Place.KEY_OR_CLOSE : Place.VALUE_OR_CLOSE);
      }
      case '"' -> {
        return go(Place.STRING);
      }
      case 't' -> word = "rue";
      case 'f' -> word = "alse";
      case 'n' -> word = "ull";
      default -> {
        number = new NumberScanner();
        return number.accept(c) ? go(Place.NUMBER) : Progress.BROKEN;
      }
    }
    return go(Place.WORD);
  }

  private Progress close(char c) {
    if (inObject() != (c == '}')) {
      return Progress.BROKEN;
    }
    open.setLength(open.length() - 1);
    return afterValue();
  }

  private boolean inObject() {
    return open.charAt(open.length() - 1) == '{';
  }

  private Progress afterValue() {
    if (open.isEmpty()) {
      place = Place.DONE;
      return Progress.DONE;
    }
    return go(Place.NEXT);
  }

  private Progress string(char c) {
    if (c == '\\') {
      return go(Place.ESCAPE);
    }
    if (c != '"') {
      return Progress.MORE;
    }
    boolean wasKey = key;
    key = false;
    return wasKey ? go(Place.COLON) : afterValue();
  }

  private Progress escape(char c) {
    if (c == 'u') {
      hex = 0;
      return go(Place.HEX);
    }
    return "\"\\/bfnrt".indexOf(c) < 0 ? Progress.BROKEN : go(Place.STRING);
  }

  private Progress hex(char c) {
    if (c > 'f' || Character.digit(c, 16) < 0) {
      return Progress.BROKEN;
    }
    hex++;
    return hex == 4 ? go(Place.STRING) : Progress.MORE;
  }

  private Progress number(char c) {
    if (number.accept(c)) {
      return Progress.MORE;
    }
    if (!number.complete()) {
      return Progress.BROKEN;
    }
    if (open.isEmpty()) {
      place = Place.DONE;
      return Progress.DONE_BEFORE;
    }
    place = Place.NEXT;
    return accept(c);
  }

  private Progress word(char c) {
    if (word.charAt(0) != c) {
      return Progress.BROKEN;
    }
    word = word.substring(1);
    return word.isEmpty() ? afterValue() : Progress.MORE;
  }

  private Progress go(Place next) {
    place = next;
    return Progress.MORE;
  }
}
