package dev.jmr.model.chat;

/// The string methods of Python that templates call, where Java's differ.
final class PythonStrings {
  private PythonStrings() {}

  /// `str.strip()` and Jinja's `trim`: unlike [String#strip], takes no-break spaces and U+0085 for white space.
  static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /// `text.lstrip('\n')`.
  static String stripLeadingLines(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == '\n') {
      start++;
    }
    return text.substring(start);
  }

  /// `text.rstrip('\n')`.
  static String stripTrailingLines(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    return text.substring(0, end);
  }

  /// `text.split(separator)[0]`.
  static String beforeFirst(String text, String separator) {
    int at = text.indexOf(separator);
    return at < 0 ? text : text.substring(0, at);
  }

  /// `text.split(separator)[-1]`.
  static String afterLast(String text, String separator) {
    int at = text.lastIndexOf(separator);
    return at < 0 ? text : text.substring(at + separator.length());
  }
}
