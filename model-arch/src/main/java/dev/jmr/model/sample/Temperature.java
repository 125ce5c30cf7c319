package dev.jmr.model.sample;

import java.util.Optional;

/// Divides the logits: below 1 the likely tokens become likelier, above 1 the unlikely ones.
///
/// The greatest logit is moved to 0 first, which changes no probability and keeps a tiny temperature from overflowing.
record Temperature(float temperature) implements Sampler {
  /// Also the two that take its place: greedy at 0, and the dynamic one.
  static Optional<Sampler> of(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    float temperature = parameters.temperature();
    if (parameters.greedy()) {
      return Optional.of(new Greedy());
    }
    if (parameters.dynamicTemperature().on()) {
      return Optional.of(new DynamicTemperature(temperature, parameters.dynamicTemperature()));
    }
    return temperature == 1 ? Optional.empty() : Optional.of(new Temperature(temperature));
  }

  @Override
  public void apply(Candidates candidates) {
    divide(candidates, temperature);
  }

  /// @param temperature more than 0
  static void divide(Candidates candidates, double temperature) {
    double max = candidates.maxLogit();
    for (int i = 0; i < candidates.size(); i++) {
      double scaled = (candidates.logit(i) - max) / temperature;
      candidates.logit(i, (float) Math.max(scaled, -Float.MAX_VALUE));
    }
  }
}
