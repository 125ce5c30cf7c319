package dev.jmr.runtime;

import java.util.List;

/// How often something took how long.
///
/// @param bounds seconds, each more than the one before
/// @param counts how often it took at most as long as the bound of the same index, and longer than the one before; one more
///     than there are bounds, for what took longer than all
/// @param sumSeconds of all together
public record Latencies(List<Double> bounds, List<Long> counts, double sumSeconds) {
  /// Of nothing.
  public static final Latencies NONE = new Latencies(List.of(), List.of(0L), 0);

  public Latencies {
    bounds = List.copyOf(bounds);
    counts = List.copyOf(counts);
    if (counts.size() != bounds.size() + 1) {
      throw new IllegalArgumentException(
          "latencies: expected %d counts, got %d".formatted(bounds.size() + 1, counts.size()));
    }
  }

  /// How often it happened.
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
