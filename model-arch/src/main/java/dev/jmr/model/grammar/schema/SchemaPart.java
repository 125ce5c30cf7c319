package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A part of a schema's document, such as one parameter of a tool, for grammars that do not write all of it in JSON.
///
/// @param document what references lead into
/// @param pointer to the part: `#/properties/city`
/// @param rules gets the rules that are needed, named by JSON pointers behind `name`
/// @param name tells several schemas of one grammar apart
public record SchemaPart(
    JsonValue document, String pointer, RuleSet rules, String name, GrammarLimits limits) {
  private static final JsonObject A_STRING = typed("string");
  private static final JsonObject NO_STRING = typed("object", "array", "number", "boolean", "null");

  private static JsonObject typed(String... types) {
    List<JsonValue> names = Arrays.stream(types).<JsonValue>map(JsonString::new).toList();
    return new JsonObject(new LinkedHashMap<>(Map.of("type", new JsonArray(names))));
  }

  private SchemaCompiler compiler(String kind, StringNotation strings) {
    return new SchemaCompiler(new SchemaReferences(document), rules, name + kind, limits, strings);
  }

  /// All that satisfies it.
  ///
  /// @throws GrammarException if it cannot be held to or exceeds a limit, here as below
  public Expression values(StringNotation strings) {
    return compiler("", strings).compile(pointer);
  }

  /// The strings that satisfy it; empty if none can.
  public Optional<Expression> strings(StringNotation strings) {
    return unlessUnsatisfiable(compiler(" string ", strings), A_STRING);
  }

  /// What satisfies it and is no string; empty if nothing can.
  public Optional<Expression> others() {
    return unlessUnsatisfiable(compiler(" other ", StringNotation.json()), NO_STRING);
  }

  private Optional<Expression> unlessUnsatisfiable(SchemaCompiler compiler, JsonObject type) {
    try {
      return Optional.of(compiler.compileWith(type, pointer));
    } catch (UnsatisfiableSchemaException e) {
      return Optional.empty();
    }
  }
}
