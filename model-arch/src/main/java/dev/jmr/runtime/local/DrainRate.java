package dev.jmr.runtime.local;

import java.time.Duration;

/// How fast a queue empties. For one thread at a time.
final class DrainRate {
  private static final long LEAST_SECONDS = 1;
  private static final long MOST_SECONDS = 60;

  private long lastNanos;
  private long meanNanos;

  /// Takes note that a request left the queue.
  void taken() {
    taken(System.nanoTime());
  }

  void taken(long now) {
    if (lastNanos != 0) {
      meanNanos += (now - lastNanos - meanNanos) / 4;
    }
    lastNanos = now;
  }

  /// How long it should take until there is room again: whole seconds, 1 to 60.
  Duration untilNext() {
    long seconds = Math.ceilDiv(meanNanos, Duration.ofSeconds(1).toNanos());
    return Duration.ofSeconds(Math.clamp(seconds, LEAST_SECONDS, MOST_SECONDS));
  }
}
