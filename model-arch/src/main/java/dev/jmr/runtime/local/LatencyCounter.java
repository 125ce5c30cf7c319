package dev.jmr.runtime.local;

import dev.jmr.runtime.Latencies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts how often something took how long, without allocating. One thread counts, any may look.
final class LatencyCounter {
  private final double[] bounds;
  private final long[] boundNanos;
  private final AtomicLongArray counts;
  private volatile long sumNanos;

  /// @param bounds seconds, increasing
  LatencyCounter(double... bounds) {
    this.bounds = bounds.clone();
    this.boundNanos = Arrays.stream(bounds).mapToLong(bound -> (long) (bound * 1e9)).toArray();
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  void count(long nanos) {
    int at = 0;
    while (at < boundNanos.length && nanos > boundNanos[at]) {
      at++;
    }
    counts.setOpaque(at, counts.getOpaque(at) + 1);
    long sum = sumNanos + nanos;
    sumNanos = sum;
  }

  Latencies look() {
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < counts.length(); i++) {
      seen.add(counts.getOpaque(i));
    }
    return new Latencies(Arrays.stream(bounds).boxed().toList(), seen, sumNanos / 1e9);
  }
}
