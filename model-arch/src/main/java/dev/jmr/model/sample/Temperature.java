package dev.jmr.model.sample;

import java.util.Optional;

/// Divides the logits: below 1 the likely tokens become likelier, above 1 the unlikely ones.
///
/// The greatest logit is moved to 0 first, which changes no probability and keeps a tiny temperature from overflowing.
record Temperature(float temperature) implements Sampler {
  static Optional<Sampler> of(SamplingParameters parameters, int vocabularySize) {
    float temperature = parameters.temperature();
    return temperature > 0 && temperature != 1
        ? Optional.of(new Temperature(temperature))
        : Optional.empty();
  }

  @Override
  public void apply(Candidates candidates) {
    double max = candidates.maxLogit();
    for (int i = 0; i < candidates.size(); i++) {
      candidates.logit(i, (float) ((candidates.logit(i) - max) / temperature));
    }
  }
}
