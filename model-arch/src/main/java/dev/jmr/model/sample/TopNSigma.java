package dev.jmr.model.sample;

import java.util.Optional;

/// Keeps the tokens whose logit is at most `n` standard deviations below the greatest one (Tang et al.: "Top-nσ: not all
/// logits are you need", 2024).
record TopNSigma(float n) implements Sampler {
  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    float n = parameters.topNSigma();
    return n > 0 ? Optional.of(new TopNSigma(n)) : Optional.empty();
  }

  @Override
  public void apply(Candidates candidates) {
    double mean = 0;
    for (int i = 0; i < candidates.size(); i++) {
      mean += candidates.logit(i);
    }
    mean /= candidates.size();
    double variance = 0;
    for (int i = 0; i < candidates.size(); i++) {
      double deviation = candidates.logit(i) - mean;
      variance += deviation * deviation;
    }
    variance /= candidates.size();
    candidates.keepAtLeast(candidates.maxLogit() - n * Math.sqrt(variance), 1);
  }

  @Override
  public boolean keepsLikeliest() {
    return true;
  }
}
