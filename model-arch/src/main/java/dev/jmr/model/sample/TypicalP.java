package dev.jmr.model.sample;

import java.util.Optional;

/// Keeps the tokens whose surprise `-log p` is nearest the expected surprise (the entropy), until they exceed
/// probability `p` together (Meister et al.: "Locally typical sampling", 2022).
record TypicalP(float p, int minKeep) implements Sampler {
  private static final int FIRST_STEP = 64;

  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    float p = parameters.typicalP();
    return p < 1 ? Optional.of(new TypicalP(p, parameters.minKeep())) : Optional.empty();
  }

  @Override
  public void apply(Candidates candidates) {
    double max = candidates.maxLogit();
    double sum = candidates.softmax();
    weighByTypicality(candidates, max, sum);
    double enough = p * sum;
    double reached = 0;
    int sorted = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (i == sorted) {
        sorted = candidates.sortByWeight(sorted, Math.max(FIRST_STEP, 4 * i));
      }
      reached += (float) Exp.exp(candidates.logit(i) - max);
      if (reached > enough && i + 1 >= minKeep) {
        candidates.truncate(i + 1);
        return;
      }
    }
  }

  /// Replaces each weight by minus the distance between the token's surprise and the expected one. Both are taken
  /// relative to the surprise of the best token, `log sum`, which cancels out.
  private static void weighByTypicality(Candidates candidates, double max, double sum) {
    double expected = 0;
    for (int i = 0; i < candidates.size(); i++) {
      expected += candidates.weight(i) * (max - candidates.logit(i));
    }
    expected /= sum;
    for (int i = 0; i < candidates.size(); i++) {
      candidates.weight(i, (float) -Math.abs(max - candidates.logit(i) - expected));
    }
  }
}
