package dev.jmr.model.chat.constraint;

import dev.jmr.model.grammar.Grammar;
import java.util.List;
import java.util.Optional;

/// What an answer may consist of.
///
/// @param text what its text must be; empty = any text
/// @param calls whether it may or must be calls of tools
/// @param tools the tools that may be called
/// @param several whether there may be more than one call
/// @param thoughts what comes before
public record AnswerShape(
    Optional<Grammar> text,
    Calls calls,
    List<ToolDefinition> tools,
    boolean several,
    Thoughts thoughts) {
  /// Whether tools are called.
  public enum Calls {
    NONE,
    ALLOWED,
    REQUIRED
  }

  public AnswerShape {
    tools = List.copyOf(tools);
  }
}
