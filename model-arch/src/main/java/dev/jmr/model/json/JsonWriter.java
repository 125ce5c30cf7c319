package dev.jmr.model.json;

import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonNull;
import dev.jmr.model.json.JsonValue.JsonNumber;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;

/// Writes JSON compactly: no white space, only what must be escaped is escaped, in its shortest form; other characters
/// stand for themselves.
public final class JsonWriter {
  private JsonWriter() {}

  /// The text of a value.
  public static String write(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /// Appends the text of a value.
  public static void write(JsonValue value, StringBuilder out) {
    switch (value) {
      case JsonObject object -> object(object, out);
      case JsonArray array -> array(array, out);
      case JsonString string -> string(string.value(), out);
      case JsonNumber number -> out.append(number.text());
      case JsonBoolean flag -> out.append(flag.value());
      case JsonNull _ -> out.append("null");
    }
  }

  private static void object(JsonObject object, StringBuilder out) {
    char separator = '{';
    for (var member : object.members().entrySet()) {
      out.append(separator);
      string(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out);
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private static void array(JsonArray array, StringBuilder out) {
    char separator = '[';
    for (JsonValue element : array.elements()) {
      out.append(separator);
      write(element, out);
      separator = ',';
    }
    out.append(separator == '[' ? "[]" : "]");
  }

  /// Appends a text in quotes, escaped. Surrogates without their other half and U+007F are written as
  /// `\\uXXXX`.
  public static void string(String text, StringBuilder out) {
    out.append('"');
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      escape(character, out);
      at += Character.charCount(character);
    }
    out.append('"');
  }

  /// Appends one character as it stands inside a JSON string.
  public static void escape(int codePoint, StringBuilder out) {
    switch (codePoint) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
        if (codePoint < ' ' || codePoint == 0x7F || surrogate) {
          out.append("\\u%04x".formatted(codePoint));
        } else {
          out.appendCodePoint(codePoint);
        }
      }
    }
  }
}
