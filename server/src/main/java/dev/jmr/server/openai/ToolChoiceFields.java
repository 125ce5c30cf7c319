package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.ToolChoice;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `tool_choice`: a word, a function, or the tools that are allowed.
final class ToolChoiceFields {
  private static final int MAX_TOOLS = 1024;

  private ToolChoiceFields() {}

  /// @throws ApiException 400 if it makes no sense
  static ToolChoice read(Fields fields) {
    Optional<JsonNode> choice = fields.value("tool_choice");
    if (choice.isEmpty()) {
      return ToolChoice.AUTO;
    }
    if (!choice.get().isObject()) {
      return word(fields, "auto, none, required or a function", "tool_choice");
    }
    Fields object = fields.object("tool_choice").orElseThrow();
    String type = object.string("type").orElse("function");
    return switch (type) {
      case "function" -> {
        Fields function = object.object("function").orElseThrow(() -> object.missing("function"));
        yield new ToolChoice.Named(function.requiredString("name"));
      }
      case "allowed_tools" -> word(allowance(object), "auto or required", "mode");
      default ->
          throw ApiException.unsupported(
              "tool_choice",
              "tool_choice: expected a function or allowed_tools, got '%s'".formatted(type));
    };
  }

  private static ToolChoice word(Fields fields, String expected, String name) {
    String word = fields.string(name).orElse("auto");
    return switch (word) {
      case "auto" -> ToolChoice.AUTO;
      case "required" -> ToolChoice.REQUIRED;
      case "none" -> ToolChoice.NONE;
      default ->
          throw ApiException.invalid(
              fields.path() + name,
              "%s%s: expected %s, got '%s'".formatted(fields.path(), name, expected, word));
    };
  }

  /// The names of the tools that may be called, if not all may.
  ///
  /// @throws ApiException 400 if they are not said
  static Optional<Set<String>> allowed(Fields fields) {
    return fields
        .value("tool_choice")
        .filter(JsonNode::isObject)
        .flatMap(_ -> fields.object("tool_choice"))
        .filter(choice -> choice.string("type").equals(Optional.of("allowed_tools")))
        .map(ToolChoiceFields::allowance)
        .map(ToolChoiceFields::names);
  }

  private static Fields allowance(Fields choice) {
    return choice.object("allowed_tools").orElse(choice);
  }

  private static Set<String> names(Fields allowance) {
    List<JsonNode> tools =
        allowance.list("tools", MAX_TOOLS).orElseThrow(() -> allowance.missing("tools"));
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tools.size(); i++) {
      Fields tool = allowance.element("tools", i, tools.get(i));
      names.add(tool.object("function").orElse(tool).requiredString("name"));
    }
    return names;
  }
}
