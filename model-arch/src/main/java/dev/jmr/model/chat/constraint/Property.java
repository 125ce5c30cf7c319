package dev.jmr.model.chat.constraint;

import dev.jmr.model.chat.output.ToolSignature;
import dev.jmr.model.chat.output.ValueKind;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A parameter of a tool, for dialects that write each argument on its own.
///
/// @param kinds what it may be; empty if the schema does not say
/// @param schema its own
record Property(String name, boolean required, Set<ValueKind> kinds, JsonObject schema) {
  /// What leaves every text valid.
  private static final Set<String> HARMLESS =
      Set.of(
          "type",
          "title",
          "description",
          "default",
          "examples",
          "example",
          "deprecated",
          "readOnly",
          "writeOnly",
          "nullable",
          "$comment");

  /// The parameters in the order of the schema.
  ///
  /// @throws GrammarException if the schema lists none and does not say that there are none
  static List<Property> of(ToolDefinition tool) {
    JsonObject properties = properties(tool.parameters());
    ToolSignature signature = ToolSignature.of(tool.name(), tool.parameters());
    List<JsonValue> required = required(tool.parameters());
    List<Property> found = new ArrayList<>();
    properties
        .members()
        .forEach((name, schema) ->
            found.add(
                new Property(
                    name,
                    required.contains(new JsonString(name)),
                    signature.kinds(name),
                    schema instanceof JsonObject object ? object : JsonObject.EMPTY)));
    if (found.size() < required.size()) {
      throw new GrammarException("#/required", "expected no more names than '#/properties' has");
    }
    return List.copyOf(found);
  }

  /// The names of the parameters.
  static Set<String> names(ToolDefinition tool) {
    return properties(tool.parameters()).members().keySet();
  }

  private static JsonObject properties(JsonValue schema) {
    if (schema instanceof JsonObject object) {
      for (String key : List.of("$ref", "anyOf", "oneOf", "allOf", "patternProperties")) {
        if (object.members().containsKey(key)) {
          throw new GrammarException(
              "#/" + key,
              "expected parameters that are all listed in '#/properties', as this model writes each argument on its own");
        }
      }
      return object.members().get("properties") instanceof JsonObject properties
          ? properties
          : JsonObject.EMPTY;
    }
    return JsonObject.EMPTY;
  }

  private static List<JsonValue> required(JsonValue schema) {
    return schema instanceof JsonObject object
            && object.members().get("required") instanceof JsonArray names
        ? names.elements()
        : List.of();
  }

  String pointer() {
    return "#/properties/" + name.replace("~", "~0").replace("/", "~1");
  }

  /// Whether it is written as bare text.
  ///
  /// @throws GrammarException if it may be a string of which the schema says more than bare text can be held to
  boolean mayBeText() {
    boolean anything = HARMLESS.containsAll(schema.members().keySet());
    if (!kinds.contains(ValueKind.STRING)) {
      return kinds.isEmpty() && anything;
    }
    if (!anything && texts().isEmpty()) {
      throw new GrammarException(
          pointer(),
          "expected a string that may be any text or one of 'enum', as this model writes strings without quotes");
    }
    return true;
  }

  /// The texts of which it is one; none if it may be any.
  List<String> texts() {
    List<JsonValue> values =
        schema.members().get("enum") instanceof JsonArray options
            ? options.elements()
            : schema.member("const").stream().toList();
    boolean strings = values.stream().allMatch(JsonString.class::isInstance);
    boolean only =
        schema.without("enum", "const").members().keySet().stream().allMatch(HARMLESS::contains);
    return strings && only
        ? values.stream().map(value -> ((JsonString) value).value()).toList()
        : List.of();
  }
}
