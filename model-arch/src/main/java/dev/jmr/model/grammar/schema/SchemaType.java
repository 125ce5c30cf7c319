package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonNull;
import dev.jmr.model.json.JsonValue.JsonNumber;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The types of JSON Schema, with the keywords that speak of each.
enum SchemaType {
  OBJECT(
      "properties",
      "required",
      "additionalProperties",
      "unevaluatedProperties",
      "patternProperties",
      "propertyNames",
      "minProperties",
      "maxProperties"),
  ARRAY("items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems"),
  STRING("pattern", "format", "minLength", "maxLength"),
  NUMBER("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
  INTEGER,
  BOOLEAN,
  NULL;

  private final List<String> keywords;

  SchemaType(String... keywords) {
    this.keywords = List.of(keywords);
  }

  /// What the schema says of types: nothing, if there is no `type`.
  static Optional<Set<SchemaType>> declared(JsonObject schema, String at) {
    Optional<JsonValue> type = schema.member("type");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Set<SchemaType> types = EnumSet.noneOf(SchemaType.class);
    switch (type.get()) {
      case JsonString name -> types.add(named(name.value(), at));
      case JsonArray names ->
          Keywords.strings(names, at + "/type").forEach(name -> types.add(named(name, at)));
      default -> throw Keywords.expected(at + "/type", "a name or an array of names", type.get());
    }
    return Optional.of(types);
  }

  private static SchemaType named(String name, String at) {
    return Arrays.stream(values())
        .filter(type -> type.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new GrammarException(
                at + "/type",
                "expected one of %s, got '%s'".formatted(Arrays.toString(values()), name)));
  }

  /// The types that texts of the schema have: those declared or, if none are, those that its keywords speak of.
  static Set<SchemaType> generated(JsonObject schema, String at) {
    Optional<Set<SchemaType>> declared = declared(schema, at);
    if (declared.isPresent()) {
      return declared.get();
    }
    Set<SchemaType> hinted = EnumSet.noneOf(SchemaType.class);
    for (SchemaType type : values()) {
      if (type.keywords.stream().anyMatch(schema.members()::containsKey)) {
        hinted.add(type);
      }
    }
    return hinted.isEmpty() ? EnumSet.complementOf(EnumSet.of(INTEGER)) : hinted;
  }

  /// The types of a value: an integer is a number, too.
  static Set<SchemaType> of(JsonValue value) {
    return switch (value) {
      case JsonObject _ -> EnumSet.of(OBJECT);
      case JsonArray _ -> EnumSet.of(ARRAY);
      case JsonString _ -> EnumSet.of(STRING);
      case JsonBoolean _ -> EnumSet.of(BOOLEAN);
      case JsonNull _ -> EnumSet.of(NULL);
      case JsonNumber number -> {
        Optional<BigDecimal> decimal = number.decimal();
        boolean whole = decimal.isPresent() && decimal.get().stripTrailingZeros().scale() <= 0;
        yield whole ? EnumSet.of(INTEGER, NUMBER) : EnumSet.of(NUMBER);
      }
    };
  }

  /// The types that are in both, where an integer is a number.
  static Set<SchemaType> common(Set<SchemaType> a, Set<SchemaType> b) {
    Set<SchemaType> both = EnumSet.copyOf(a);
    both.retainAll(b);
    boolean mixed =
        (a.contains(NUMBER) && b.contains(INTEGER)) || (a.contains(INTEGER) && b.contains(NUMBER));
    if (mixed && !both.contains(NUMBER)) {
      both.add(INTEGER);
    }
    return both;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
