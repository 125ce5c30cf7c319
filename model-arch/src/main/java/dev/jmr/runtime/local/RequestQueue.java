package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The requests that wait for a slot, first in, first out, and not more than fit. Any thread adds, one takes.
final class RequestQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<QueuedRequest> requests = new ArrayDeque<>();
  private final int capacity;
  private volatile @Nullable EngineException end;

  RequestQueue(int capacity) {
    this.capacity = capacity;
  }

  /// Adds a request.
  ///
  /// @throws EngineException if the queue is full or closed
  void add(QueuedRequest request) {
    lock.lock();
    try {
      EngineException cause = end;
      if (cause != null) {
        throw new EngineException(String.valueOf(cause.getMessage()), cause);
      }
      removeCancelled();
      if (requests.size() >= capacity) {
        throw new EngineException(
            "queue: expected at most %d waiting requests, got one more; try again later"
                .formatted(capacity));
      }
      requests.add(request);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// The request that waits longest, if any.
  Optional<QueuedRequest> poll() {
    lock.lock();
    try {
      return Optional.ofNullable(requests.poll());
    } finally {
      lock.unlock();
    }
  }

  /// Drops the requests that were cancelled meanwhile and tells their consumers.
  void dropCancelled() {
    lock.lock();
    try {
      removeCancelled();
    } finally {
      lock.unlock();
    }
  }

  private void removeCancelled() {
    if (requests.isEmpty()) {
      return;
    }
    Iterator<QueuedRequest> waiting = requests.iterator();
    while (waiting.hasNext()) {
      QueuedRequest request = waiting.next();
      if (request.generation().cancelled()) {
        waiting.remove();
        request.finishCancelled();
      }
    }
  }

  /// Waits until there is a request or the queue is closed.
  void awaitRequest() {
    lock.lock();
    try {
      while (requests.isEmpty() && end == null) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    return end != null;
  }

  /// Takes no further request and ends those that wait; does nothing the second time.
  ///
  /// @param cause what the consumers of waiting requests, and whoever adds one later, are told
  void close(EngineException cause) {
    lock.lock();
    try {
      if (end == null) {
        end = cause;
        requests.forEach(request -> request.generation().fail(cause));
        requests.clear();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
