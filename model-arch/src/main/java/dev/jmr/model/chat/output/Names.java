package dev.jmr.model.chat.output;

/// What may be the name of a tool or of a parameter.
final class Names {
  /// In characters.
  static final int MOST = 256;

  private Names() {}

  static boolean valid(String name) {
    return !name.isEmpty() && name.length() <= MOST && name.chars().allMatch(c -> valid((char) c));
  }

  static boolean valid(char c) {
    return c > ' ' && "<>{}[]()\"'`,;=".indexOf(c) < 0 && !Character.isWhitespace(c);
  }
}
