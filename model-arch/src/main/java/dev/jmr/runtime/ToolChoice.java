package dev.jmr.runtime;

/// Whether a model may, must or must not call the tools that a conversation offers.
public sealed interface ToolChoice {
  /// The model decides. Arguments of tools whose definition says `strict` satisfy their schema.
  ToolChoice AUTO = new Auto();

  /// The model does not call: it is not told of the tools.
  ToolChoice NONE = new None();

  /// The model calls one tool or more, and says nothing else. All arguments satisfy their schemas.
  ToolChoice REQUIRED = new Required();

  /// See [#AUTO].
  record Auto() implements ToolChoice {}

  /// See [#NONE].
  record None() implements ToolChoice {}

  /// See [#REQUIRED].
  record Required() implements ToolChoice {}

  /// The model calls this tool once, with arguments that satisfy its schema, and says nothing else.
  record Named(String tool) implements ToolChoice {}
}
