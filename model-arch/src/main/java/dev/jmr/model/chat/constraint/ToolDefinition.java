package dev.jmr.model.chat.constraint;

import dev.jmr.model.chat.PlainJson;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.schema.JsonSchema;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/// A tool that a conversation offers.
///
/// @param parameters JSON Schema of the arguments
/// @param strict whether calls must satisfy the schema even where the model is free to call
public record ToolDefinition(String name, JsonValue parameters, boolean strict) {
  private static final String NAMES = "[A-Za-z0-9_./-]{1,256}";

  /// Without a schema there are no arguments.
  private static final JsonObject NO_PARAMETERS =
      new JsonObject(new LinkedHashMap<>(Map.of("additionalProperties", JsonBoolean.FALSE)));

  /// The tool of a definition as in OpenAI's API, with or without `{"type": "function", "function": …}` around it.
  ///
  /// @throws GrammarException if it has no name of letters, digits and `_./-`, or its parameters are no JSON within limits
  public static ToolDefinition of(Map<String, Object> tool) {
    Object function = tool.getOrDefault("function", tool);
    Map<?, ?> members = function instanceof Map<?, ?> map ? map : Map.of();
    String name = members.get("name") instanceof String text ? text : "";
    if (!name.matches(NAMES)) {
      throw new GrammarException(
          "",
          "tool: expected a name of letters, digits, '_', '-', '.' and '/', got '%s'"
              .formatted(name));
    }
    Object parameters = members.get("parameters");
    JsonValue schema =
        parameters == null
            ? NO_PARAMETERS
            : JsonSchema.parse(PlainJson.write(parameters), GrammarLimits.STANDARD);
    boolean strict =
        Boolean.TRUE.equals(members.get("strict")) || Boolean.TRUE.equals(tool.get("strict"));
    return new ToolDefinition(name, schema, strict);
  }
}
