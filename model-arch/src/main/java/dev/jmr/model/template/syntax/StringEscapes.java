package dev.jmr.model.template.syntax;

/// Resolves the escapes of a string literal as Python does; an unknown one stays as it is written.
final class StringEscapes {
  private static final String NAMES = "\\'\"abfnrtv";
  private static final String CHARACTERS = "\\'\"\u0007\b\f\n\r\t\u000b";

  private final String source;
  private final Position position;
  private final StringBuilder text = new StringBuilder();
  private int at;

  private StringEscapes(String source, Position position) {
    this.source = source;
    this.position = position;
  }

  /// @param source what stands between the quotes
  static String resolve(String source, Position position) {
    return source.indexOf('\\') < 0 ? source : new StringEscapes(source, position).resolve();
  }

  private String resolve() {
    while (at < source.length()) {
      char c = source.charAt(at++);
      if (c == '\\' && at < source.length()) {
        escape(source.charAt(at++));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private void escape(char c) {
    int simple = NAMES.indexOf(c);
    if (simple >= 0) {
      text.append(CHARACTERS.charAt(simple));
      return;
    }
    switch (c) {
      case '\n' -> {}
      case 'x' -> hexadecimal(2);
      case 'u' -> hexadecimal(4);
      case 'U' -> hexadecimal(8);
      case 'N' -> named();
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
      default -> text.append('\\').append(c);
    }
  }

  private void hexadecimal(int digits) {
    int end = at + digits;
    if (end > source.length()) {
      throw position.error("string escape: expected " + digits + " hexadecimal digits");
    }
    long code = 0;
    for (; at < end; at++) {
      int digit = Character.digit(source.charAt(at), 16);
      if (digit < 0) {
        throw position.error("string escape: expected " + digits + " hexadecimal digits");
      }
      code = 16 * code + digit;
    }
    if (code > Character.MAX_CODE_POINT) {
      throw position.error("string escape: no character has the number " + code);
    }
    text.appendCodePoint((int) code);
  }

  private void octal() {
    int code = 0;
    at--;
    for (int end = Math.min(at + 3, source.length()); at < end; at++) {
      int digit = Character.digit(source.charAt(at), 8);
      if (digit < 0) {
        break;
      }
      code = 8 * code + digit;
    }
    text.appendCodePoint(code);
  }

  private void named() {
    int end = source.indexOf('}', at);
    if (at >= source.length() || source.charAt(at) != '{' || end < 0) {
      throw position.error("string escape: expected \\N{name of a character}");
    }
    String name = source.substring(at + 1, end);
    try {
      text.appendCodePoint(Character.codePointOf(name));
    } catch (IllegalArgumentException e) {
      throw (dev.jmr.model.template.error.TemplateSyntaxException)
          position.error("string escape: unknown character name '" + name + "'").initCause(e);
    }
    at = end + 1;
  }
}
