package dev.jmr.server.store;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Looks at the index, and changes it alone.
final class StoreAccess {
  private static final int READ_ATTEMPTS = 4;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONG_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

  private final StoreLayout layout;
  private final StoreLock lock;
  private final RemovalJournal journal;
  private final ReentrantLock threads = new ReentrantLock(true);

  StoreAccess(StoreLayout layout, StoreLock lock, RemovalJournal journal) {
    this.layout = layout;
    this.lock = lock;
    this.journal = journal;
  }

  /// What is done with the index in hand.
  interface Action<T> {
    T run(StoreIndex index) throws IOException;
  }

  /// The index as it is now. Docker Model Runner does not replace it in one step: what cannot be
  /// read may be half written, and is read again.
  StoreIndex read() {
    for (int attempt = 1; ; attempt++) {
      try {
        return StoreIndex.read(layout.index());
      } catch (StoreException e) {
        if (attempt == READ_ATTEMPTS) {
          throw new StoreException(e.getMessage() + "; mend it with jmr fsck --repair", e);
        }
        LockSupport.parkNanos(LONG_PAUSE_NANOS);
      } catch (IOException e) {
        throw StoreException.of("store index", e);
      }
    }
  }

  /// Runs something while nobody else changes the index; waits for those who do. What crashed
  /// before is finished first.
  <T> T change(String what, Action<T> action) {
    return exclusively(
        what,
        () -> {
          StoreIndex index = read();
          journal.recover(index);
          return action.run(index);
        });
  }

  /// What is done while nobody else changes the store.
  interface Task<T> {
    T run() throws IOException;
  }

  /// Runs something while nobody else changes the store, without looking at the index.
  <T> T exclusively(String what, Task<T> task) {
    threads.lock();
    try (StoreLock.Region _ = waitForIndex()) {
      return task.run();
    } catch (IOException e) {
      throw StoreException.of(what, e);
    } finally {
      threads.unlock();
    }
  }

  private StoreLock.Region waitForIndex() throws IOException {
    Optional<StoreLock.Region> region = lock.index();
    while (region.isEmpty()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      region = lock.index();
    }
    return region.get();
  }
}
