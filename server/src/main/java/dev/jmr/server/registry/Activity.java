package dev.jmr.server.registry;

import java.time.Duration;

/// When something last moved. Any thread may use it.
final class Activity {
  private volatile long movedNanos = System.nanoTime();

  void moved() {
    movedNanos = System.nanoTime();
  }

  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - movedNanos);
  }
}
