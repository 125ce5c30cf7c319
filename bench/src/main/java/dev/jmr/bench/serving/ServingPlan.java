package dev.jmr.bench.serving;

import java.time.Duration;
import java.util.List;

/// What to measure.
///
/// @param model as the user wrote it
/// @param prompt what everybody asks
/// @param concurrencies how many ask at the same time, one measurement each
/// @param duration of a measurement: no question is asked after it; answers that have begun are waited for
/// @param timeout after which an answer counts as failed
/// @param maxTokens of each answer at most; 0 = until the model ends by itself
record ServingPlan(
    String model,
    String prompt,
    List<Integer> concurrencies,
    Duration duration,
    Duration timeout,
    int maxTokens) {
  int mostParallel() {
    return concurrencies.stream().mapToInt(Integer::intValue).max().orElse(1);
  }
}
