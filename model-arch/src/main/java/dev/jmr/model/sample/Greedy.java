package dev.jmr.model.sample;

import java.util.Optional;

/// Temperature 0: only the most likely token stays, between equals the one with the lowest id.
record Greedy() implements Sampler {
  static Optional<Sampler> of(SamplingParameters parameters, int vocabularySize) {
    return parameters.greedy() ? Optional.of(new Greedy()) : Optional.empty();
  }

  @Override
  public void apply(Candidates candidates) {
    candidates.sort(1);
    candidates.truncate(1);
  }
}
