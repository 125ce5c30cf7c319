package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The events of one answer on their way from the engine's thread to the consumer.
///
/// The engine's thread never waits here: there cannot be more events than tokens, so their number is bounded by the
/// context. Once closed, events are dropped.
final class LocalGeneration implements Generation {
  private final long created = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<GenerationEvent> events = new ArrayDeque<>();
  private @Nullable EngineException failure;
  private boolean ended;
  private volatile boolean cancelled;

  @Override
  public GenerationEvent next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (events.isEmpty() && !ended) {
        changed.await();
      }
      GenerationEvent event = events.poll();
      if (event == null) {
        throw ending();
      }
      return event;
    } finally {
      lock.unlock();
    }
  }

  private EngineException ending() {
    EngineException cause = failure;
    return cause == null
        ? new EngineException("generation: expected no call of next after its end")
        : new EngineException(String.valueOf(cause.getMessage()), cause);
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void close() {
    cancelled = true;
    lock.lock();
    try {
      events.clear();
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nanoseconds since the request came.
  long age() {
    return System.nanoTime() - created;
  }

  boolean cancelled() {
    return cancelled;
  }

  /// Hands over an event; the last one is a [GenerationEvent.Finished].
  void emit(GenerationEvent event) {
    lock.lock();
    try {
      if (!ended) {
        events.add(event);
        ended = event instanceof GenerationEvent.Finished;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends the answer with an error, which comes after the events that were handed over.
  void fail(EngineException cause) {
    lock.lock();
    try {
      if (!ended) {
        failure = cause;
        ended = true;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }
}
