package dev.jmr.runtime.local;

import dev.jmr.runtime.GenerationEvent.Timings;

/// The times of one answer, from its creation on.
final class Stopwatch {
  private final long start = System.nanoTime();
  private long promptNanos;
  private long firstTokenNanos;
  private long lastTokenNanos;

  void promptProcessed() {
    promptNanos = elapsed();
  }

  /// Takes note of a token; the time since the one before, 0 if it is the first.
  long tokenSampled() {
    long before = lastTokenNanos;
    lastTokenNanos = elapsed();
    if (firstTokenNanos == 0) {
      firstTokenNanos = lastTokenNanos;
      return 0;
    }
    return lastTokenNanos - before;
  }

  Timings timings() {
    return new Timings(promptNanos, firstTokenNanos, lastTokenNanos - firstTokenNanos);
  }

  /// At least one, so that zero means never.
  private long elapsed() {
    return Math.max(1, System.nanoTime() - start);
  }
}
