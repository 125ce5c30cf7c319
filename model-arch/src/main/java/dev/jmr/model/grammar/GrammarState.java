package dev.jmr.model.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How far a text has come in a grammar. Immutable: a state can be kept, and gone on from in several ways (as for `n`
/// completions of one prompt), at no cost. Begins with [GrammarMatcher#start].
public final class GrammarState {
  private final GrammarMatcher matcher;
  private final StackSet stacks;
  private final boolean ended;

  GrammarState(GrammarMatcher matcher, StackSet stacks) {
    this(matcher, stacks, false);
  }

  private GrammarState(GrammarMatcher matcher, StackSet stacks, boolean ended) {
    this.matcher = matcher;
    this.stacks = stacks;
    this.ended = ended;
  }

  /// Sets the bits of the tokens that may come next, and clears all others: those whose text goes on in the grammar, be it
  /// in the middle of a character; those that the grammar names; those that end a generation, if [#canEnd].
  ///
  /// With a grammar that can go on and a vocabulary that has every byte as a token, there is always one; none are set in
  /// the state behind a token that ended the generation, or where stacks have reached their greatest depth.
  ///
  /// @param mask a bit for each id, at least [GrammarVocabulary#maskLength] long
  public void allowed(long... mask) {
    if (ended) {
      TokenBits.clear(mask);
    } else {
      matcher.mask(stacks, mask);
    }
  }

  /// Sets the logits of tokens that may not come next to -∞.
  ///
  /// @param logits has a row at `offset`, one logit for each id; what lies behind the vocabulary in the row (padding of
  ///     the model's output, up to `rowLength`) is set to -∞, too
  /// @param mask scratch, at least [GrammarVocabulary#maskLength] long
  public void constrain(float[] logits, int offset, int rowLength, long... mask) {
    allowed(mask);
    for (int id = 0; id < rowLength; id++) {
      if (id >>> 6 >= mask.length) {
        logits[offset + id] = Float.NEGATIVE_INFINITY;
      } else if (mask[id >>> 6] == 0 && (id & 63) == 0) {
        int end = Math.min(id + 64, rowLength);
        Arrays.fill(logits, offset + id, offset + end, Float.NEGATIVE_INFINITY);
        id = end - 1;
      } else if (!TokenBits.get(mask, id)) {
        logits[offset + id] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /// Whether this token may come next; costs less than a mask.
  public boolean allows(int token) {
    if (ended || token < 0 || token >= matcher.vocabulary().size()) {
      return false;
    }
    boolean ends = matcher.vocabulary().endsGeneration(token) && canEnd();
    return ends || !matcher.step(stacks, token).isEmpty();
  }

  /// The state behind a token.
  ///
  /// @throws GrammarException if the token may not come here
  public GrammarState accept(int token) {
    boolean known = !ended && token >= 0 && token < matcher.vocabulary().size();
    if (known && matcher.vocabulary().endsGeneration(token) && canEnd()) {
      return new GrammarState(matcher, stacks, true);
    }
    StackSet next = known ? matcher.step(stacks, token) : stacks;
    if (!known || next.isEmpty()) {
      throw new GrammarException("", "token %d: not allowed here by the grammar".formatted(token));
    }
    return new GrammarState(matcher, next);
  }

  /// The state behind a text that was not generated, such as the beginning of an answer that the prompt already has.
  ///
  /// @throws GrammarException if the text may not come here
  public GrammarState accept(String text) {
    StackSet next = matcher.step(stacks, text.getBytes(StandardCharsets.UTF_8));
    if (ended || next.isEmpty()) {
      throw new GrammarException("", "text: not allowed here by the grammar");
    }
    return new GrammarState(matcher, next);
  }

  /// Whether the text so far is complete.
  public boolean canEnd() {
    return stacks.bottom;
  }

  /// Whether the text so far is complete and nothing can follow but its end.
  public boolean mustEnd() {
    return ended || stacks.tops.length == 0;
  }

  /// Whether a token that ends a generation was accepted.
  public boolean ended() {
    return ended;
  }
}
