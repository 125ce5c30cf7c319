package dev.jmr.runtime.local;

import dev.jmr.model.chat.output.ReasoningMarkers;
import dev.jmr.model.grammar.GrammarMatcher;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How answers to one request are held to its rules. Immutable; several answers may be made by it.
///
/// @param grammar what an answer must be; empty = anything
/// @param thoughts the markers that the model puts around its thoughts; none where they do not matter
/// @param opened the thought that the prompt leaves open
/// @param budget tokens of thoughts at most
record AnswerPlan(
    Optional<GrammarMatcher> grammar,
    List<ReasoningMarkers> thoughts,
    Optional<ReasoningMarkers> opened,
    OptionalInt budget) {
  /// Everything goes.
  static final AnswerPlan FREE =
      new AnswerPlan(Optional.empty(), List.of(), Optional.empty(), OptionalInt.empty());

  AnswerPlan {
    thoughts = List.copyOf(thoughts);
  }

  /// Texts of this grammar, without thoughts.
  static AnswerPlan of(GrammarMatcher grammar) {
    return new AnswerPlan(Optional.of(grammar), List.of(), Optional.empty(), OptionalInt.empty());
  }
}
