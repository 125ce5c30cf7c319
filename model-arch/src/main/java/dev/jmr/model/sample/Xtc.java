package dev.jmr.model.sample;

import java.util.Optional;
import java.util.random.RandomGenerator;

/// Leaves out, at some tokens, all top choices but the least likely of them: where several good ways lead on, the text
/// takes one that is less usual. Source: llama.cpp, `xtc`; its first author is p-e-w.
final class Xtc implements Sampler {
  private static final int FIRST_STEP = 16;

  /// Keeps these draws apart from those of the token, which come from the same seed.
  private static final long STREAM = 0x5DEECE66DL;

  private final XtcParameters parameters;
  private final int minKeep;
  private final RandomGenerator random;

  private Xtc(XtcParameters parameters, int minKeep, long seed) {
    this.parameters = parameters;
    this.minKeep = minKeep;
    this.random = new SplitMix64(new SplitMix64(seed ^ STREAM).nextLong());
  }

  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    return parameters.xtc().on()
        ? Optional.of(new Xtc(parameters.xtc(), parameters.minKeep(), parameters.seed()))
        : Optional.empty();
  }

  @Override
  public void apply(Candidates candidates) {
    if (candidates.size() < 2 || random.nextDouble() >= parameters.probability()) {
      return;
    }
    int excluded = topChoices(candidates) - 1;
    if (excluded > 0 && candidates.size() - excluded >= minKeep) {
      candidates.dropFirst(excluded);
    }
  }

  /// Brings the tokens that reach the threshold to the front and counts them.
  private int topChoices(Candidates candidates) {
    double max = candidates.maxLogit();
    double enough = parameters.threshold() * candidates.softmax();
    int sorted = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (i == sorted) {
        sorted = candidates.sort(Math.max(FIRST_STEP, 4 * i));
      }
      if ((float) Exp.exp(candidates.logit(i) - max) < enough) {
        return i;
      }
    }
    return candidates.size();
  }
}
