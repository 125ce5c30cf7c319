package dev.jmr.server.llamaserver;

import dev.jmr.runtime.EngineOverloadedException;
import dev.jmr.runtime.EngineStats;
import dev.jmr.runtime.GenerationEvent.Usage;
import java.time.Duration;

/// Counts requests, and lets only so many in: the server's own queue has no end. Thread-safe.
final class Admission {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(1);

  /// How much the last request says about the next ones.
  private static final double WEIGHT = 0.2;

  private final int slots;
  private final int capacity;
  private int inside;
  private double usualNanos;
  private long answers;
  private long promptTokens;
  private long generatedTokens;
  private long cachedTokens;

  /// @param slots requests that run at the same time
  /// @param capacity others that wait
  Admission(int slots, int capacity) {
    this.slots = slots;
    this.capacity = capacity;
  }

  /// Lets a request in, which is over when it is given back.
  ///
  /// @throws EngineOverloadedException if too many wait
  synchronized void enter() {
    if (inside >= slots + capacity) {
      throw new EngineOverloadedException(
          "queue: expected at most %d waiting requests, got one more; try again later"
              .formatted(capacity),
          untilNext());
    }
    inside++;
  }

  private Duration untilNext() {
    Duration usual = Duration.ofNanos((long) (usualNanos / slots));
    return usual.compareTo(LEAST) < 0 ? LEAST : usual.compareTo(MOST) > 0 ? MOST : usual;
  }

  /// Ends a request that took so long.
  synchronized void leave(long nanos) {
    inside--;
    usualNanos = usualNanos == 0 ? nanos : usualNanos + WEIGHT * (nanos - usualNanos);
  }

  /// Counts what a request took.
  synchronized void count(Usage usage) {
    answers++;
    promptTokens += Math.max(0, usage.promptTokens() - usage.cachedTokens());
    generatedTokens += usage.completionTokens();
    cachedTokens += usage.cachedTokens();
  }

  /// What is known from outside: the server's pages and batches are its own.
  synchronized EngineStats stats() {
    return new EngineStats(
        Math.min(inside, slots),
        Math.max(0, inside - slots),
        0,
        0,
        0,
        0,
        answers,
        0,
        promptTokens,
        generatedTokens,
        cachedTokens,
        0);
  }
}
