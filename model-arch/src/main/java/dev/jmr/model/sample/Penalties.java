package dev.jmr.model.sample;

import java.util.Optional;

/// Makes tokens that were seen recently less likely (or more, where a value is negative or below 1).
///
/// As llama.cpp does it: the repeat penalty divides a positive logit and multiplies one that is not (Keskar et al.: "CTRL",
/// 2019, with the sign repaired), then the frequency penalty is subtracted for each time the token was seen, and the
/// presence penalty once.
final class Penalties implements Sampler {
  private final float repeat;
  private final float presence;
  private final float frequency;
  private final int[] counts;
  private final int[] window;
  private long accepted;

  private Penalties(PenaltyParameters parameters, int vocabularySize) {
    repeat = parameters.repeat();
    presence = parameters.presence();
    frequency = parameters.frequency();
    counts = new int[vocabularySize];
    window = new int[Math.max(0, parameters.lastN())];
  }

  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    return parameters.penalties().on()
        ? Optional.of(new Penalties(parameters.penalties(), vocabulary.size()))
        : Optional.empty();
  }

  @Override
  public void apply(Candidates candidates) {
    if (accepted == 0) {
      return;
    }
    for (int i = 0; i < candidates.size(); i++) {
      int count = counts[candidates.id(i)];
      if (count > 0) {
        candidates.logit(i, penalized(candidates.logit(i), count));
      }
    }
  }

  /// In double precision, where no product overflows, and cut to what a float holds: no later step meets an infinity.
  private float penalized(double logit, int count) {
    double repeated = logit <= 0 ? logit * repeat : logit / repeat;
    double result = repeated - (count * (double) frequency + presence);
    return (float) Math.clamp(result, -Float.MAX_VALUE, Float.MAX_VALUE);
  }

  /// Counts the token, and forgets the one that leaves the window; without a window none ever does.
  @Override
  public void accept(int token) {
    counts[token]++;
    if (window.length > 0) {
      int slot = (int) (accepted % window.length);
      if (accepted >= window.length) {
        counts[window[slot]]--;
      }
      window[slot] = token;
    }
    accepted++;
  }
}
