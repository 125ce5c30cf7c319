package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// What is known of a request when its output is read.
///
/// @param tools the tools that the model was offered; with none, what looks like a call stays text
/// @param prompt the rendered prompt, or at least its end: it says whether the model answers from inside of a thought
/// @param idCharacters makes that many random letters and digits, for the ids of calls
public record OutputOptions(
    List<ToolSignature> tools, String prompt, IntFunction<String> idCharacters) {
  public OutputOptions {
    tools = List.copyOf(tools);
  }

  /// With random ids.
  public static OutputOptions of(List<ToolSignature> tools, String prompt) {
    return new OutputOptions(tools, prompt, new RandomIds()::characters);
  }

  boolean knows(String tool) {
    return tools.stream().anyMatch(each -> each.name().equals(tool));
  }

  Set<ValueKind> kinds(String tool, String parameter) {
    return tools.stream()
        .filter(each -> each.name().equals(tool))
        .findFirst()
        .map(each -> each.kinds(parameter))
        .orElse(Set.of());
  }
}
