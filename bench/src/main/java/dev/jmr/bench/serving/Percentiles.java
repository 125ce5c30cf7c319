package dev.jmr.bench.serving;

import java.util.List;

/// Seconds that half, nine tenths and 99 hundredths of all answers took at most (by the nearest rank: each is one that was
/// measured); NaN of no answers.
record Percentiles(double p50, double p90, double p99) {
  static Percentiles ofNanos(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return new Percentiles(at(sorted, 50), at(sorted, 90), at(sorted, 99));
  }

  private static double at(List<Long> sorted, int percent) {
    int rank = Math.ceilDiv(sorted.size() * percent, 100);
    return sorted.isEmpty() ? Double.NaN : sorted.get(rank - 1) / 1e9;
  }
}
