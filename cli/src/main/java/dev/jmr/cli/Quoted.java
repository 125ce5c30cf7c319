package dev.jmr.cli;

/// Text from a file or a model, made safe to look at: on one line, without control characters.
final class Quoted {
  private Quoted() {}

  /// In quotes.
  static String of(String text) {
    return of(text, Integer.MAX_VALUE);
  }

  /// The first `maxChars` characters in quotes, with the length of the text where it is longer.
  static String of(String text, int maxChars) {
    boolean cut = text.length() > maxChars;
    String shown = cut ? text.substring(0, maxChars) : text;
    String quoted = "\"" + bare(shown.replace("\\", "\\\\").replace("\"", "\\\"")) + "\"";
    return cut ? quoted + "… (" + text.length() + " characters)" : quoted;
  }

  /// Without quotes.
  static String bare(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.chars().forEach(c -> append(safe, (char) c));
    return safe.toString();
  }

  private static void append(StringBuilder safe, char c) {
    switch (c) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append("\\t");
      default -> {
        if (Character.isISOControl(c)) {
          safe.append("\\u%04x".formatted((int) c));
        } else {
          safe.append(c);
        }
      }
    }
  }
}
