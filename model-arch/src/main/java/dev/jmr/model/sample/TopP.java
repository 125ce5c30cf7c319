package dev.jmr.model.sample;

import java.util.Optional;

/// Keeps the most likely tokens that together reach probability `p` (Holtzman et al.: "The curious case of neural text
/// degeneration", 2019).
///
/// Sorts in growing steps: the few tokens that make up `p` are most often found in the first.
record TopP(float p, int minKeep) implements Sampler {
  private static final int FIRST_STEP = 64;

  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    float p = parameters.topP();
    return p < 1 ? Optional.of(new TopP(p, parameters.minKeep())) : Optional.empty();
  }

  @Override
  public void apply(Candidates candidates) {
    double enough = p * candidates.softmax();
    double reached = 0;
    int sorted = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (i == sorted) {
        sorted = candidates.sort(Math.max(FIRST_STEP, 4 * i));
      }
      reached += candidates.weight(i);
      if (reached >= enough && i + 1 >= minKeep) {
        candidates.truncate(i + 1);
        return;
      }
    }
  }

  @Override
  public boolean keepsLikeliest() {
    return true;
  }
}
