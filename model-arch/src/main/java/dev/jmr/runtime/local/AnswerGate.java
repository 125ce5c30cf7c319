package dev.jmr.runtime.local;

import dev.jmr.model.chat.output.ReasoningMarkers;
import dev.jmr.model.grammar.GrammarMatcher;
import dev.jmr.model.grammar.GrammarState;
import dev.jmr.model.sample.SamplerChain;
import dev.jmr.model.sample.TokenMask;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.EngineException;
import java.util.Optional;
import java.util.OptionalInt;

/// Holds one answer to its plan: draws only tokens that are allowed, and ends thoughts whose budget is used up. Belongs to
/// the engine's thread.
final class AnswerGate {
  private final Tokenizer tokenizer;
  private final ThoughtTracker thoughts;
  private final OptionalInt budget;
  private final long[] allowed;
  private final TokenMask mask;
  private Optional<GrammarState> state;

  /// Tokens that come next, whatever the model prefers, and how many of them have come.
  private int[] forced = {};

  private int forcedCount;
  private int closedThoughts;

  AnswerGate(AnswerPlan plan, Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.thoughts = new ThoughtTracker(plan.thoughts(), plan.opened());
    this.budget = plan.budget();
    this.state = plan.grammar().map(GrammarMatcher::start);
    this.allowed =
        new long[plan.grammar().map(grammar -> grammar.vocabulary().maskLength()).orElse(0)];
    this.mask = TokenMask.of(allowed);
    closeThought();
  }

  /// What follows the thoughts of the answer as they are written.
  ThoughtTracker thoughts() {
    return thoughts;
  }

  /// Whether any token may come next.
  boolean open() {
    return state.isEmpty() && forcedCount >= forced.length;
  }

  /// The next token, from a row of logits.
  ///
  /// @throws EngineException if no token is allowed
  /// @throws dev.jmr.model.sample.SamplingException if the logits are not numbers
  int sample(SamplerChain sampler, float[] logits, int offset) {
    if (forcedCount < forced.length) {
      return forced[forcedCount];
    }
    if (state.isEmpty()) {
      return sampler.sample(logits, offset);
    }
    state.get().allowed(allowed);
    requireAny();
    return sampler.sample(logits, offset, mask);
  }

  private void requireAny() {
    for (long word : allowed) {
      if (word != 0) {
        return;
      }
    }
    throw new EngineException(
        "answer: expected a token with which it can become what the request asks for, got none in the vocabulary; allow other characters, or less nesting");
  }

  /// Takes note of a token, after its text has come to [#thoughts]; whether the answer is complete and nothing can follow.
  boolean accept(int token) {
    if (forcedCount < forced.length) {
      forcedCount++;
    }
    if (state.isPresent()) {
      state = Optional.of(state.get().accept(token));
    }
    closeThought();
    return state.isPresent() && state.get().mustEnd();
  }

  /// Begins to end the thought that is open, once, if the budget is used up.
  private void closeThought() {
    if (budget.isPresent()
        && thoughts.inside().isPresent()
        && thoughts.tokens() >= budget.getAsInt()
        && closedThoughts < thoughts.begun()) {
      closedThoughts = thoughts.begun();
      forced = closing(thoughts.inside().get());
      forcedCount = 0;
    }
  }

  private int[] closing(ReasoningMarkers markers) {
    OptionalInt token = tokenizer.idOf(markers.close());
    return token.isPresent()
        ? new int[] {token.getAsInt()}
        : tokenizer.encode(markers.close(), new EncodeOptions(false, true));
  }
}
