package dev.jmr.model.template.value;

/// What Python takes for white space (`str.isspace`), which is not quite what Java does.
public final class Whitespace {
  private Whitespace() {}

  public static boolean is(int c) {
    return c <= ' '
        ? c == ' ' || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f)
        : c == 0x85 || (c >= 0xa0 && Character.isSpaceChar(c));
  }

  /// The text without white space at the start (`left`) and at the end (`right`).
  public static String strip(String text, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && is(text.charAt(start))) {
      start++;
    }
    while (right && end > start && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }
}
