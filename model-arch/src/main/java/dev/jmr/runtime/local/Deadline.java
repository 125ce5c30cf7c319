package dev.jmr.runtime.local;

import java.time.Duration;
import java.util.Optional;

/// When somebody's time is up, if it ever is.
///
/// @param limited whether it ever is
/// @param nanos by [System#nanoTime]
record Deadline(boolean limited, long nanos) {
  /// The longest that nanoseconds can tell.
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /// So long from now.
  static Deadline after(Optional<Duration> time) {
    return time.filter(limit -> limit.compareTo(LONGEST) < 0)
        .map(limit -> new Deadline(true, System.nanoTime() + limit.toNanos()))
        .orElse(new Deadline(false, 0));
  }

  boolean passed() {
    return limited && System.nanoTime() - nanos >= 0;
  }
}
