package dev.jmr.model.sample;

import java.util.Optional;

/// Keeps the tokens that are at least `p` times as likely as the most likely one (Nguyen et al.: "Turning up the heat:
/// min-p sampling", 2024).
record MinP(float p, int minKeep) implements Sampler {
  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    float p = parameters.minP();
    return p > 0 ? Optional.of(new MinP(p, parameters.minKeep())) : Optional.empty();
  }

  @Override
  public void apply(Candidates candidates) {
    candidates.keepAtLeast(candidates.maxLogit() + (float) StrictMath.log(p), minKeep);
  }

  @Override
  public boolean keepsLikeliest() {
    return true;
  }
}
