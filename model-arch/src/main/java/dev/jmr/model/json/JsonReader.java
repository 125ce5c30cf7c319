package dev.jmr.model.json;

import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonNull;
import dev.jmr.model.json.JsonValue.JsonNumber;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Reads JSON strictly (RFC 8259) and within limits: no comments, no trailing commas, no duplicate names, no half
/// surrogates, nothing behind the value but white space.
public final class JsonReader {
  private final String text;
  private final JsonLimits limits;
  private int at;
  private int depth;
  private int values;

  /// A value and the index behind its last character.
  public record Prefix(JsonValue value, int end) {}

  private JsonReader(String text, int from, JsonLimits limits) {
    this.text = text;
    this.at = from;
    this.limits = limits;
  }

  /// The value that this text is, within [JsonLimits#STANDARD].
  ///
  /// @throws JsonException if it is not one JSON value or exceeds a limit
  public static JsonValue read(String text) {
    return read(text, JsonLimits.STANDARD);
  }

  /// The value that this text is.
  ///
  /// @throws JsonException if it is not one JSON value or exceeds a limit
  public static JsonValue read(String text, JsonLimits limits) {
    Prefix prefix = readPrefix(text, 0, limits);
    JsonReader rest = new JsonReader(text, prefix.end(), limits);
    rest.skipSpace();
    if (rest.at < text.length()) {
      throw rest.error("expected the end behind the value, got " + rest.found());
    }
    return prefix.value();
  }

  /// The value that begins at `from`, behind white space, whatever comes behind it.
  ///
  /// A text that ends within the value is an error like any other: its offset is the length of the text.
  ///
  /// @throws JsonException if no JSON value begins there, or it exceeds a limit
  public static Prefix readPrefix(String text, int from, JsonLimits limits) {
    if (text.length() - from > limits.characters()) {
      throw new JsonException(
          from,
          "expected at most %d characters, got %d"
              .formatted(limits.characters(), text.length() - from));
    }
    JsonReader reader = new JsonReader(text, from, limits);
    JsonValue value = reader.value();
    return new Prefix(value, reader.at);
  }

  private JsonValue value() {
    skipSpace();
    if (++values > limits.values()) {
      throw error("expected at most %d values".formatted(limits.values()));
    }
    if (at == text.length()) {
      throw error("expected a value, got the end");
    }
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new JsonString(string());
      case 't' -> word("true", JsonBoolean.TRUE);
      case 'f' -> word("false", JsonBoolean.FALSE);
      case 'n' -> word("null", JsonNull.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw error("expected a value, got " + found());
    };
  }

  private JsonObject object() {
    SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
    enter();
    if (!take('}')) {
      do {
        skipSpace();
        int nameAt = at;
        if (at == text.length() || text.charAt(at) != '"') {
          throw error("expected a name in quotes, got " + found());
        }
        String name = string();
        require(':');
        if (members.put(name, value()) != null) {
          throw new JsonException(nameAt, "expected different names, got '" + name + "' again");
        }
      } while (take(','));
      require('}');
    }
    depth--;
    return new JsonObject(members);
  }

  private JsonArray array() {
    List<JsonValue> elements = new ArrayList<>();
    enter();
    if (!take(']')) {
      do {
        elements.add(value());
      } while (take(','));
      require(']');
    }
    depth--;
    return new JsonArray(elements);
  }

  private void enter() {
    if (++depth > limits.depth()) {
      throw error("expected at most %d nested objects and arrays".formatted(limits.depth()));
    }
    at++;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    at++;
    while (true) {
      if (at == text.length()) {
        throw error("expected the end of the string, got the end of the text");
      }
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return string.toString();
      }
      if (c < ' ') {
        throw error("expected control characters to be escaped, got " + found());
      }
      int start = at;
      append(string, start, c == '\\' ? escaped() : text.charAt(at++));
    }
  }

  /// Appends one code unit; the second half of a pair only behind the first.
  private void append(StringBuilder string, int start, char c) {
    int length = string.length();
    boolean open = length > 0 && Character.isHighSurrogate(string.charAt(length - 1));
    if (open != Character.isLowSurrogate(c)) {
      throw new JsonException(start, "expected surrogates in pairs");
    }
    string.append(c);
    boolean endsHere = at < text.length() && text.charAt(at) == '"';
    if (endsHere && Character.isHighSurrogate(c)) {
      throw new JsonException(start, "expected surrogates in pairs");
    }
  }

  private char escaped() {
    at++;
    if (at == text.length()) {
      throw error("expected an escaped character, got the end of the text");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> {
        at -= 1;
        throw error("expected one of \"\\/bfnrtu behind a backslash, got " + found());
      }
    };
  }

  private char hexadecimal() {
    int value = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = at < text.length() && text.charAt(at) < 128 ? hexDigit(text.charAt(at)) : -1;
      if (digit < 0) {
        throw error("expected four hexadecimal digits behind \\u, got " + found());
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  private static int hexDigit(char c) {
    return Character.digit(c, 16);
  }

  private JsonNumber number() {
    int start = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    if (at - start > limits.numberCharacters()) {
      throw new JsonException(
          start,
          "expected numbers of at most %d characters, got %d"
              .formatted(limits.numberCharacters(), at - start));
    }
    return new JsonNumber(text.substring(start, at));
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw error("expected a digit, got " + found());
    }
  }

  private JsonValue word(String word, JsonValue value) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (at == text.length() || text.charAt(at) != word.charAt(i)) {
        throw error("expected " + word + ", got " + found());
      }
    }
    return value;
  }

  private boolean take(char c) {
    skipSpace();
    return skip(c);
  }

  private void require(char c) {
    if (!take(c)) {
      throw error("expected '%s', got %s".formatted(c, found()));
    }
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private String found() {
    if (at >= text.length()) {
      return "the end";
    }
    int c = text.codePointAt(at);
    return c < ' ' || c > '~' ? "U+%04X".formatted(c) : "'" + Character.toString(c) + "'";
  }

  private JsonException error(String message) {
    return new JsonException(at, message);
  }
}
