package dev.jmr.server.transfer;

import java.time.Duration;
import java.util.function.LongConsumer;

/// Passes on how much of a blob or file has moved, not too often: after 100 ms or 1 MiB, and at its
/// end. Any thread may use it; the listener is called by one at a time.
public final class ProgressThrottle {
  private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();
  private static final long STEP_BYTES = 1 << 20;

  private final long size;
  private final LongConsumer listener;
  private long lastNanos = System.nanoTime();
  private long lastBytes;

  /// @param size in bytes
  /// @param listener gets bytes that are there
  public ProgressThrottle(long size, LongConsumer listener) {
    this.size = size;
    this.listener = listener;
  }

  /// So many bytes are there; fewer than before when it begins anew.
  public synchronized void at(long current) {
    long now = System.nanoTime();
    if (now - lastNanos >= STEP_NANOS || Math.abs(current - lastBytes) >= STEP_BYTES) {
      lastNanos = now;
      lastBytes = current;
      listener.accept(current);
    }
  }

  /// All of it is there.
  public synchronized void done() {
    listener.accept(size);
  }
}
