package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonNumber;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads keywords of a schema, and knows which there are.
final class Keywords {
  /// Say something that we cannot hold to.
  private static final Set<String> REFUSED =
      Set.of(
          "not",
          "if",
          "then",
          "else",
          "dependentRequired",
          "dependentSchemas",
          "dependencies",
          "contains",
          "minContains",
          "maxContains",
          "unevaluatedItems",
          "$dynamicRef",
          "$recursiveRef",
          "extends",
          "disallow",
          "divisibleBy");

  /// Say something that we hold to.
  private static final Set<String> ASSERTIONS =
      Set.of(
          "type",
          "enum",
          "const",
          "anyOf",
          "oneOf",
          "allOf",
          "$ref",
          "properties",
          "required",
          "additionalProperties",
          "unevaluatedProperties",
          "patternProperties",
          "propertyNames",
          "minProperties",
          "maxProperties",
          "items",
          "prefixItems",
          "additionalItems",
          "minItems",
          "maxItems",
          "uniqueItems",
          "pattern",
          "format",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf");

  private Keywords() {}

  /// Looks at what a schema says.
  ///
  /// @throws GrammarException if there is a keyword that cannot be held to
  static void check(JsonObject schema, String at) {
    for (String keyword : schema.members().keySet()) {
      if (REFUSED.contains(keyword)) {
        throw new GrammarException(
            at + "/" + keyword, "'%s' is not supported; leave it out".formatted(keyword));
      }
    }
    if (schema.members().containsKey("$id") && !at.equals("#")) {
      throw new GrammarException(
          at + "/$id", "'$id' is supported at the root only; references are read from there");
    }
    JsonValue unique = schema.member("uniqueItems").orElse(JsonBoolean.FALSE);
    if (unique != JsonBoolean.FALSE && count(schema, "maxItems", 2, at) > 1) {
      throw new GrammarException(
          at + "/uniqueItems", "'uniqueItems' is supported with maxItems up to 1 only");
    }
  }

  /// The schema without annotations and definitions.
  static JsonObject assertions(JsonObject schema) {
    JsonObject result = schema;
    for (String keyword : schema.members().keySet()) {
      if (!ASSERTIONS.contains(keyword) && !REFUSED.contains(keyword)) {
        result = result.without(keyword);
      }
    }
    return result;
  }

  /// A count that is not negative; larger than an `int` counts as [Integer#MAX_VALUE] - 1.
  static int count(JsonObject schema, String keyword, int absent, String at) {
    Optional<JsonValue> value = schema.member(keyword);
    if (value.isEmpty()) {
      return absent;
    }
    BigDecimal count = number(value.get(), at + "/" + keyword);
    if (count.signum() < 0 || count.stripTrailingZeros().scale() > 0) {
      throw expected(at + "/" + keyword, "a whole number that is not negative", value.get());
    }
    return count.min(BigDecimal.valueOf(Integer.MAX_VALUE - 1)).intValueExact();
  }

  static Optional<BigDecimal> number(JsonObject schema, String keyword, String at) {
    return schema.member(keyword).map(value -> number(value, at + "/" + keyword));
  }

  private static BigDecimal number(JsonValue value, String at) {
    if (value instanceof JsonNumber number && number.decimal().isPresent()) {
      return number.decimal().get();
    }
    throw expected(at, "a number", value);
  }

  /// The texts of a keyword: of merged schemas, several.
  static List<String> texts(JsonObject schema, String keyword, String at) {
    Optional<JsonValue> value = schema.member(keyword);
    if (value.isEmpty()) {
      return List.of();
    }
    return switch (value.get()) {
      case JsonString string -> List.of(string.value());
      case JsonArray array -> strings(array, at + "/" + keyword);
      default -> throw expected(at + "/" + keyword, "a string", value.get());
    };
  }

  static List<String> strings(JsonArray array, String at) {
    List<String> strings = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      if (!(element instanceof JsonString string)) {
        throw expected(at, "strings", element);
      }
      strings.add(string.value());
    }
    return strings;
  }

  static List<JsonValue> array(JsonObject schema, String keyword, String at) {
    JsonValue value = schema.member(keyword).orElse(new JsonArray(List.of()));
    if (!(value instanceof JsonArray array)) {
      throw expected(at + "/" + keyword, "an array", value);
    }
    return array.elements();
  }

  static JsonObject object(JsonObject schema, String keyword, String at) {
    JsonValue value = schema.member(keyword).orElse(JsonObject.EMPTY);
    if (!(value instanceof JsonObject object)) {
      throw expected(at + "/" + keyword, "an object", value);
    }
    return object;
  }

  static Set<String> required(JsonObject schema, String at) {
    return new LinkedHashSet<>(
        strings(new JsonArray(array(schema, "required", at)), at + "/required"));
  }

  static GrammarException expected(String at, String what, JsonValue actual) {
    String text = actual.toString();
    return new GrammarException(
        at,
        "expected %s, got %s"
            .formatted(what, text.length() > 60 ? text.substring(0, 60) + "…" : text));
  }

  /// The same error, at a place of the schema.
  static GrammarException moved(String at, GrammarException e) {
    return new GrammarException(at, (e.location().isEmpty() ? "" : "at ") + e.getMessage());
  }

  /// A name as a part of a JSON pointer.
  static String pointer(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
