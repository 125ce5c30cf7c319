package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Finds what `$ref` refers to within one document.
final class SchemaReferences {
  private final JsonValue document;
  private final String id;

  SchemaReferences(JsonValue document) {
    this.document = document;
    this.id =
        document instanceof JsonObject object
                && object.members().get("$id") instanceof JsonString text
            ? text.value()
            : "";
  }

  /// The pointer that a reference is: `#` or `#/…`.
  ///
  /// @throws GrammarException if it leads to another document
  String pointer(String reference, String at) {
    String local =
        !id.isEmpty() && reference.startsWith(id) ? reference.substring(id.length()) : reference;
    if (local.isEmpty()) {
      return "#";
    }
    if (!local.equals("#") && !local.startsWith("#/")) {
      throw new GrammarException(
          at + "/$ref",
          "expected a reference within the document (#/…), got '%s'".formatted(reference));
    }
    try {
      return URLDecoder.decode(local.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new GrammarException(
          at + "/$ref", "expected a JSON pointer, got '%s'".formatted(reference));
    }
  }

  /// What a pointer points at.
  ///
  /// @throws GrammarException if there is nothing
  JsonValue find(String pointer, String at) {
    JsonValue value = document;
    String[] parts = pointer.split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].replace("~1", "/").replace("~0", "~");
      JsonValue next =
          switch (value) {
            case JsonObject object -> object.members().get(part);
            case JsonArray array when part.matches("[0-9]{1,9}") ->
                Integer.parseInt(part) < array.elements().size()
                    ? array.elements().get(Integer.parseInt(part))
                    : null;
            default -> null;
          };
      if (next == null) {
        throw new GrammarException(at, "reference '%s' leads nowhere".formatted(pointer));
      }
      value = next;
    }
    return value;
  }
}
