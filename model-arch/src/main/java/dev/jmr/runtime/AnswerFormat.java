package dev.jmr.runtime;

import java.util.List;

/// What the text of an answer must be. It is held to while the answer is made: whatever the model prefers, each token is
/// one with which the answer can still become what it must be.
///
/// An answer with reason [dev.jmr.runtime.GenerationEvent.Reason#STOP] is complete, unless a stop condition of the request
/// ended it; one that ended otherwise is the beginning of such an answer. Thoughts come before and are not concerned. What
/// cannot be held to is refused with a [RequestException].
public sealed interface AnswerFormat {
  /// Any text.
  AnswerFormat FREE = new Text();

  /// Any text.
  record Text() implements AnswerFormat {}

  /// Any object of JSON.
  record JsonObject() implements AnswerFormat {}

  /// JSON that satisfies a schema (see [dev.jmr.model.grammar.schema.JsonSchema] for what is supported).
  ///
  /// @param schema its text
  record Schema(String schema) implements AnswerFormat {}

  /// A text of a grammar (see [dev.jmr.model.grammar.gbnf.Gbnf]).
  ///
  /// @param gbnf its text
  record Grammar(String gbnf) implements AnswerFormat {}

  /// A text that matches as a whole (see [dev.jmr.model.grammar.regex.Regex]).
  record Regex(String pattern) implements AnswerFormat {}

  /// One of these texts.
  record Choice(List<String> texts) implements AnswerFormat {
    public Choice {
      texts = List.copyOf(texts);
    }
  }
}
