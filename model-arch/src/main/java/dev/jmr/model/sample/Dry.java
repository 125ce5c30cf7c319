package dev.jmr.model.sample;

import java.util.Arrays;
import java.util.Optional;

/// Makes tokens less likely that would go on repeating a sequence of tokens, the more the longer the repetition is.
///
/// A sequence that the text ends with and that stood before is repeated with the token that followed it there. Its length
/// counts only back to the last sequence breaker, and a token that holds one is never penalized. Source: llama.cpp, `dry`;
/// its first author is p-e-w.
final class Dry implements Sampler {
  private final DryParameters parameters;
  private final SequenceBreakers breakers;

  /// The last tokens, a ring; the newest stands at `accepted - 1`, modulo its length.
  private final int[] window;

  private long accepted;

  /// As they stand in the ring: those with which an occurrence of a breaker ends.
  private final boolean[] ends;

  /// At `k`: how many tokens at the end also stand before the last `k` tokens.
  private final int[] repeats;

  /// By token: one more than the length of the longest repetition that it would go on with; 0 between calls.
  private final int[] longest;

  /// `StrictMath.pow` allocates.
  private final double logBase;

  private Dry(DryParameters parameters, SamplerVocabulary vocabulary) {
    this.parameters = parameters;
    logBase = StrictMath.log(parameters.base());
    breakers = new SequenceBreakers(parameters.sequenceBreakers(), vocabulary);
    window = new int[parameters.lastN()];
    ends = new boolean[window.length];
    repeats = new int[window.length];
    longest = new int[vocabulary.size()];
  }

  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    return parameters.dry().on()
        ? Optional.of(new Dry(parameters.dry(), vocabulary))
        : Optional.empty();
  }

  @Override
  public void accept(int token) {
    int slot = (int) (accepted % window.length);
    window[slot] = token;
    ends[slot] = breakers.endWith(token);
    accepted++;
  }

  @Override
  public void apply(Candidates candidates) {
    int length = (int) Math.min(accepted, window.length);
    int limit = sinceBreaker(length);
    if (length <= parameters.allowedLength() || limit < parameters.allowedLength()) {
      return;
    }
    countRepeats(length);
    boolean any = false;
    for (int k = 1; k < length; k++) {
      int repeated = Math.min(repeats[k], limit);
      int next = fromEnd(k - 1);
      if (repeated >= parameters.allowedLength() && !breakers.isIn(next)) {
        longest[next] = Math.max(longest[next], repeated + 1);
        any = true;
      }
    }
    if (any) {
      penalize(candidates);
      for (int k = 0; k < length; k++) {
        longest[fromEnd(k)] = 0;
      }
    }
  }

  /// The token that stands `distance` tokens before the last one.
  private int fromEnd(int distance) {
    return window[(int) ((accepted - 1 - distance) % window.length)];
  }

  private int sinceBreaker(int length) {
    for (int i = 0; i < length; i++) {
      if (ends[(int) ((accepted - 1 - i) % window.length)]) {
        return i;
      }
    }
    return length;
  }

  /// The Z algorithm over the tokens from the last to the first, in linear time: `left .. right - 1` is the match that
  /// reaches furthest, within which the counts from the start repeat.
  private void countRepeats(int length) {
    Arrays.fill(repeats, 0, length, 0);
    int left = 0;
    int right = 0;
    for (int k = 1; k < length; k++) {
      int count = k < right ? Math.min(repeats[k - left], right - k) : 0;
      while (k + count < length && fromEnd(count) == fromEnd(k + count)) {
        count++;
      }
      repeats[k] = count;
      if (k + count > right) {
        left = k;
        right = k + count;
      }
    }
  }

  private void penalize(Candidates candidates) {
    for (int i = 0; i < candidates.size(); i++) {
      int marked = longest[candidates.id(i)];
      if (marked > 0) {
        int excess = marked - 1 - parameters.allowedLength();
        double penalty = parameters.multiplier() * StrictMath.exp(excess * logBase);
        double logit = Math.max(candidates.logit(i) - penalty, -Float.MAX_VALUE);
        candidates.logit(i, (float) logit);
      }
    }
  }
}
