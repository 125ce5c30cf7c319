package dev.jmr.model.chat.output;

import java.util.Optional;
import java.util.Set;

/// An argument that a dialect writes as bare text, as JSON of the type that the tool's schema asks for.
final class ArgumentValue {
  private ArgumentValue() {}

  /// Whether text for these types is a string whatever it says.
  static boolean isText(Set<ValueKind> kinds) {
    return kinds.equals(Set.of(ValueKind.STRING));
  }

  /// The value: what the text says in JSON if that is of an allowed type, or if a string is not; else a string. Where nothing
  /// is known of the type, all that reads as JSON other than a string is no string.
  static String json(String text, Set<ValueKind> kinds) {
    String value = pythonWord(text.strip());
    Optional<ValueKind> kind = JsonText.kind(value);
    boolean json =
        kind.filter(found ->
                kinds.isEmpty()
                    ? found != ValueKind.STRING
                    : allows(kinds, found) || !kinds.contains(ValueKind.STRING))
            .isPresent();
    return json ? value : JsonText.quote(text);
  }

  private static boolean allows(Set<ValueKind> kinds, ValueKind kind) {
    return kind != ValueKind.STRING
        && (kinds.contains(kind)
            || (kind == ValueKind.INTEGER && kinds.contains(ValueKind.NUMBER)));
  }

  private static String pythonWord(String text) {
    return switch (text) {
      case "True" -> "true";
      case "False" -> "false";
      case "None" -> "null";
      default -> text;
    };
  }
}
