package dev.jmr.model.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A JSON value. Immutable; `toString` is the compact JSON text.
public sealed interface JsonValue {

  /// Members in the order of the text.
  record JsonObject(SequencedMap<String, JsonValue> members) implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

    public JsonObject {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    /// The member with this name.
    public Optional<JsonValue> member(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /// The same object with one member set, in its old place if there is one, else last.
    public JsonObject with(String name, JsonValue value) {
      SequencedMap<String, JsonValue> changed = new LinkedHashMap<>(members);
      changed.put(name, value);
      return new JsonObject(changed);
    }

    /// The same object without these members.
    public JsonObject without(String... names) {
      Map<String, JsonValue> changed = new LinkedHashMap<>(members);
      for (String name : names) {
        changed.remove(name);
      }
      return new JsonObject(new LinkedHashMap<>(changed));
    }

    @Override
    public String toString() {
      return JsonWriter.write(this);
    }
  }

  /// Elements in order.
  record JsonArray(List<JsonValue> elements) implements JsonValue {
    public JsonArray {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return JsonWriter.write(this);
    }
  }

  /// A text, unescaped.
  record JsonString(String value) implements JsonValue {
    @Override
    public String toString() {
      return JsonWriter.write(this);
    }
  }

  /// A number as it was written; compares equal to a number written in the same way only.
  record JsonNumber(String text) implements JsonValue {
    private static final int MAX_EXPONENT = 10_000;

    public static JsonNumber of(long value) {
      return new JsonNumber(Long.toString(value));
    }

    public static JsonNumber of(BigDecimal value) {
      return new JsonNumber(value.toString());
    }

    /// The exact value; empty if the exponent is too large to calculate with.
    public Optional<BigDecimal> decimal() {
      try {
        BigDecimal value = new BigDecimal(text);
        return Math.abs((long) value.scale()) > MAX_EXPONENT
            ? Optional.empty()
            : Optional.of(value);
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// `true` or `false`.
  enum JsonBoolean implements JsonValue {
    TRUE,
    FALSE;

    public static JsonBoolean of(boolean value) {
      return value ? TRUE : FALSE;
    }

    public boolean value() {
      return this == TRUE;
    }

    @Override
    public String toString() {
      return value() ? "true" : "false";
    }
  }

  /// `null`.
  enum JsonNull implements JsonValue {
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }
}
