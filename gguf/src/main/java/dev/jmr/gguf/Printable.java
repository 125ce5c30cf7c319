package dev.jmr.gguf;

/// Makes names from a file fit to stand in a message: on one line and not too long.
final class Printable {
  private static final int MAX_CHARS = 100;

  private Printable() {}

  static String of(String name) {
    var result = new StringBuilder();
    for (int i = 0; i < name.length() && i < MAX_CHARS; i++) {
      char c = name.charAt(i);
      result.append(Character.isISOControl(c) ? '?' : c);
    }
    return name.length() > MAX_CHARS ? result.append('…').toString() : result.toString();
  }
}
