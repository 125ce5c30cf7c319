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

  void tokenSampled() {
    lastTokenNanos = elapsed();
    if (firstTokenNanos == 0) {
      firstTokenNanos = lastTokenNanos;
    }
  }

  Timings timings() {
    return new Timings(promptNanos, firstTokenNanos, lastTokenNanos - firstTokenNanos);
  }

  /// At least one, so that zero means never.
  private long elapsed() {
    return Math.max(1, System.nanoTime() - start);
  }
}
