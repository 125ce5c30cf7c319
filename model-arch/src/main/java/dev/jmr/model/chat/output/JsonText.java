package dev.jmr.model.chat.output;

import java.util.Optional;

/// How text stands in JSON.
final class JsonText {
  private JsonText() {}

  /// Appends what a string's content is between its quotes.
  static void escape(CharSequence text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      escape(text.charAt(i), out);
    }
  }

  static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < ' ') {
          out.append("\\u00").append(Character.forDigit(c >> 4, 16));
          out.append(Character.forDigit(c & 15, 16));
        } else {
          out.append(c);
        }
      }
    }
  }

  static String quote(CharSequence text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    escape(text, out);
    return out.append('"').toString();
  }

  /// What kind of value this text is; empty if it is not exactly one.
  static Optional<ValueKind> kind(String text) {
    JsonScanner scanner = new JsonScanner();
    for (int i = 0; i < text.length(); i++) {
      Progress progress = scanner.accept(text.charAt(i));
      boolean last = i == text.length() - 1;
      if (progress == Progress.DONE ? !last : progress != Progress.MORE) {
        return Optional.empty();
      }
    }
    return scanner.completeAtEnd() ? Optional.of(kindOf(text)) : Optional.empty();
  }

  private static ValueKind kindOf(String json) {
    return switch (json.charAt(0)) {
      case '{' -> ValueKind.OBJECT;
      case '[' -> ValueKind.ARRAY;
      case '"' -> ValueKind.STRING;
      case 't', 'f' -> ValueKind.BOOLEAN;
      case 'n' -> ValueKind.NULL;
      default ->
          json.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')
              ? ValueKind.NUMBER
              : ValueKind.INTEGER;
    };
  }
}
