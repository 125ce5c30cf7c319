package dev.jmr.server.manager;

import dev.jmr.runtime.Engine;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BiConsumer;

/// Models that nobody can lease any more. Once nobody uses them either their engines are closed, each on a thread of its own,
/// as that may take long. Until it is done their memory counts. All methods need the lock of [ModelManager].
final class Closing {
  private final Lock lock;
  private final Condition changed;
  private final BiConsumer<Slot, Throwable> failed;
  private final Set<Slot> slots = new LinkedHashSet<>();

  /// @param changed of the lock; told whenever an engine is closed
  /// @param failed told of engines that could not be closed, without the lock
  Closing(Lock lock, Condition changed, BiConsumer<Slot, Throwable> failed) {
    this.lock = lock;
    this.changed = changed;
    this.failed = failed;
  }

  /// Takes a slot that has an engine from the manager.
  void add(Slot slot) {
    slot.retired = true;
    slots.add(slot);
    if (slot.leases == 0) {
      begin(slot);
    }
  }

  /// Closes all, also those in use.
  void beginAll() {
    slots.forEach(this::begin);
  }

  /// Begins to close the engine of one of them, unless that has begun.
  void begin(Slot slot) {
    Engine engine = slot.engine;
    if (engine != null && !slot.closing) {
      slot.closing = true;
      Thread.ofPlatform()
          .daemon()
          .name("jmr-close " + slot.model.name())
          .start(() -> close(slot, engine));
    }
  }

  private void close(Slot slot, Engine engine) {
    try {
      engine.close();
    } catch (RuntimeException | Error e) {
      failed.accept(slot, e);
    } finally {
      lock.lock();
      try {
        slots.remove(slot);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// What they still take, by estimate.
  long bytes() {
    return slots.stream().mapToLong(Slot::bytes).sum();
  }

  /// Waits until none of these is being closed.
  void await(Collection<Slot> which) {
    while (!Collections.disjoint(slots, which)) {
      changed.awaitUninterruptibly();
    }
  }

  /// Waits until all are closed.
  void awaitAll() {
    while (!slots.isEmpty()) {
      changed.awaitUninterruptibly();
    }
  }
}
