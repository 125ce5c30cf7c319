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
record Property(String name, boolean required, Set<ValueKind> kinds) {
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
        .keySet()
        .forEach(name ->
            found.add(
                new Property(
                    name, required.contains(new JsonString(name)), signature.kinds(name))));
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

  /// Whether it may be of this kind, as far as the schema says it plainly.
  boolean mayBe(ValueKind kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }
}
