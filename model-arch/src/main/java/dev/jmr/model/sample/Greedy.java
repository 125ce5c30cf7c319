package dev.jmr.model.sample;

/// Temperature 0: only the most likely token stays, between equals the one with the lowest id.
record Greedy() implements Sampler {
  @Override
  public void apply(Candidates candidates) {
    candidates.sort(1);
    candidates.truncate(1);
  }
}
