package dev.jmr.model.chat.output;

import dev.jmr.model.json.JsonValue;
import java.util.Map;
import java.util.Set;

/// A tool that the model may call, as far as reading a call needs it: dialects that write arguments as bare text say nothing
/// of their types.
///
/// @param parameters the types that each parameter's schema allows; absent or empty for those of which it says nothing
public record ToolSignature(String name, Map<String, Set<ValueKind>> parameters) {
  public ToolSignature {
    parameters = Map.copyOf(parameters);
  }

  /// The signature of a tool with these parameters, a JSON Schema of an object.
  public static ToolSignature of(String name, JsonValue schema) {
    return new ToolSignature(name, SchemaKinds.ofProperties(schema));
  }

  /// The types that this parameter may have; empty if that is not known.
  public Set<ValueKind> kinds(String parameter) {
    return parameters.getOrDefault(parameter, Set.of());
  }
}
