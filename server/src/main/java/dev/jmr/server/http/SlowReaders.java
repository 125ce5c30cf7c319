package dev.jmr.server.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Ends writes to clients that take nothing for a minute: the thread that writes is interrupted, which closes its socket.
/// Looks from when it is made until it is closed. Thread-safe.
public final class SlowReaders implements AutoCloseable {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_MILLIS = 5_000;

  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  SlowReaders() {
    thread = Thread.ofVirtual().name("jmr-slow-readers").start(this::look);
  }

  /// For the writes of this thread.
  Watch watch() {
    Watch watch = new Watch(Thread.currentThread());
    watches.add(watch);
    return watch;
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        watches.forEach(Watch::look);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /// The writes of one thread to one client.
  final class Watch implements AutoCloseable {
    private final Thread writer;
    private boolean writing;
    private long since;

    private Watch(Thread writer) {
      this.writer = writer;
    }

    synchronized void begin() {
      writing = true;
      since = System.nanoTime();
    }

    synchronized void end() {
      writing = false;
    }

    private synchronized void look() {
      if (writing && System.nanoTime() - since > LIMIT_NANOS) {
        writer.interrupt();
      }
    }

    @Override
    public void close() {
      watches.remove(this);
    }
  }
}
