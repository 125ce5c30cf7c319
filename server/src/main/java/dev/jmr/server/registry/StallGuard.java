package dev.jmr.server.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A stream that fails when one read takes too long, however slow the reader is between reads.
///
/// A timer closes the stream under the waiting read. For one reading thread.
final class StallGuard extends FilterInputStream {
  private static final int CHECKS_PER_TIMEOUT = 4;

  private final Duration timeout;
  private final Future<?> checks;
  private volatile long readingSinceNanos;
  private volatile boolean reading;
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration timeout, ScheduledExecutorService timer) {
    super(in);
    this.timeout = timeout;
    long period = Math.max(1, timeout.toMillis() / CHECKS_PER_TIMEOUT);
    this.checks = timer.scheduleWithFixedDelay(this::check, period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    readingSinceNanos = System.nanoTime();
    reading = true;
    try {
      int read = in.read(buffer, offset, length);
      throwIfStalled();
      return read;
    } catch (IOException e) {
      throwIfStalled();
      throw e;
    } finally {
      reading = false;
    }
  }

  private void throwIfStalled() throws TransientException {
    if (stalled) {
      throw new TransientException("no byte came for " + timeout);
    }
  }

  private void check() {
    if (reading && System.nanoTime() - readingSinceNanos > timeout.toNanos()) {
      stalled = true;
      try {
        in.close();
      } catch (IOException e) {
        // The read fails, which says it all.
        reading = false;
      }
    }
  }

  @Override
  public void close() throws IOException {
    checks.cancel(false);
    super.close();
  }
}
