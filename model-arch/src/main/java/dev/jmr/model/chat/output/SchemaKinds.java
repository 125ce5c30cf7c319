package dev.jmr.model.chat.output;

import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonNull;
import dev.jmr.model.json.JsonValue.JsonNumber;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which types a JSON Schema allows, as far as it says so plainly.
final class SchemaKinds {
  private static final int MOST_DEPTH = 16;

  private final JsonValue root;

  private SchemaKinds(JsonValue root) {
    this.root = root;
  }

  /// The types of each property of an object's schema; none for a property of which it does not say.
  static Map<String, Set<ValueKind>> ofProperties(JsonValue schema) {
    SchemaKinds kinds = new SchemaKinds(schema);
    Map<String, Set<ValueKind>> found = new HashMap<>();
    if (member(schema, "properties").orElse(JsonNull.NULL) instanceof JsonObject properties) {
      properties
          .members()
          .forEach((name, property) -> found.put(name, kinds.of(property, MOST_DEPTH)));
    }
    return found;
  }

  private static Optional<JsonValue> member(JsonValue value, String name) {
    return value instanceof JsonObject object ? object.member(name) : Optional.empty();
  }

  private Set<ValueKind> of(JsonValue schema, int depth) {
    EnumSet<ValueKind> found = EnumSet.noneOf(ValueKind.class);
    if (depth == 0) {
      return found;
    }
    for (JsonValue type : each(member(schema, "type"))) {
      named(type).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      each(member(schema, "enum")).forEach(value -> found.add(kind(value)));
      member(schema, "const").ifPresent(value -> found.add(kind(value)));
    }
    if (found.isEmpty()) {
      for (String key : List.of("anyOf", "oneOf", "allOf")) {
        for (JsonValue choice : each(member(schema, key))) {
          found.addAll(of(choice, depth - 1));
        }
      }
      referred(schema).ifPresent(target -> found.addAll(of(target, depth - 1)));
    }
    boolean nullable = member(schema, "nullable").filter(JsonBoolean.TRUE::equals).isPresent();
    if (nullable && !found.isEmpty()) {
      found.add(ValueKind.NULL);
    }
    return found;
  }

  private static List<JsonValue> each(Optional<JsonValue> value) {
    if (value.isEmpty()) {
      return List.of();
    }
    return value.get() instanceof JsonArray array ? array.elements() : List.of(value.get());
  }

  private static Optional<ValueKind> named(JsonValue type) {
    if (type instanceof JsonString name) {
      for (ValueKind kind : ValueKind.values()) {
        if (kind.name().toLowerCase(Locale.ROOT).equals(name.value())) {
          return Optional.of(kind);
        }
      }
    }
    return Optional.empty();
  }

  private static ValueKind kind(JsonValue value) {
    return switch (value) {
      case JsonObject object -> ValueKind.OBJECT;
      case JsonArray array -> ValueKind.ARRAY;
      case JsonString text -> ValueKind.STRING;
      case JsonNumber number -> ValueKind.NUMBER;
      case JsonBoolean bool -> ValueKind.BOOLEAN;
      case JsonNull nothing -> ValueKind.NULL;
    };
  }

  /// The schema that a local reference such as `#/$defs/unit` leads to.
  private Optional<JsonValue> referred(JsonValue schema) {
    if (!(member(schema, "$ref").orElse(JsonNull.NULL) instanceof JsonString reference)
        || !reference.value().startsWith("#/")) {
      return Optional.empty();
    }
    Optional<JsonValue> target = Optional.of(root);
    for (String step : reference.value().substring(2).split("/", -1)) {
      target = target.flatMap(value -> member(value, step));
    }
    return target;
  }
}
