package dev.jmr.model.sample;

import java.util.Optional;

/// Keeps the `k` most likely tokens (Fan et al.: "Hierarchical neural story generation", 2018).
record TopK(int k) implements Sampler {
  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    int k = parameters.topK();
    return k > 0 && k < vocabulary.size() ? Optional.of(new TopK(k)) : Optional.empty();
  }

  @Override
  public void apply(Candidates candidates) {
    if (k < candidates.size()) {
      candidates.sort(k);
      candidates.truncate(k);
    }
  }

  @Override
  public boolean keepsLikeliest() {
    return true;
  }
}
