package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOverloadedException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The requests that wait for the engine's thread, first in, first out, and not more than fit. Any thread adds, one takes.
///
/// @param <R> what is waited for
final class RequestQueue<R extends RequestQueue.Request> {
  /// Something that somebody waits for.
  interface Request {
    /// Whether nobody wants it any more.
    boolean cancelled();

    /// Tells whoever may still look that it was cancelled before it was begun.
    void finishCancelled();

    /// Ends it with an error.
    void fail(EngineException cause);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<R> requests = new ArrayDeque<>();
  private final int capacity;
  private final Runnable wake;
  private final DrainRate rate = new DrainRate();
  private volatile @Nullable EngineException end;

  /// @param wake called when there is a request, or no more to come
  RequestQueue(int capacity, Runnable wake) {
    this.capacity = capacity;
    this.wake = wake;
  }

  /// Adds a request.
  ///
  /// @throws EngineOverloadedException if the queue is full
  /// @throws EngineException if it is closed
  void add(R request) {
    lock.lock();
    try {
      EngineException cause = end;
      if (cause != null) {
        throw new EngineException(String.valueOf(cause.getMessage()), cause);
      }
      removeCancelled();
      if (requests.size() >= capacity) {
        throw new EngineOverloadedException(
            "queue: expected at most %d waiting requests, got one more; try again later"
                .formatted(capacity),
            rate.untilNext());
      }
      requests.add(request);
      wake.run();
    } finally {
      lock.unlock();
    }
  }

  /// The request that waits longest, if any.
  Optional<R> poll() {
    lock.lock();
    try {
      Optional<R> first = Optional.ofNullable(requests.poll());
      if (first.isPresent()) {
        rate.taken();
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  /// How many wait.
  int size() {
    lock.lock();
    try {
      return requests.size();
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
    Iterator<R> waiting = requests.iterator();
    while (waiting.hasNext()) {
      R request = waiting.next();
      if (request.cancelled()) {
        waiting.remove();
        request.finishCancelled();
      }
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
        requests.forEach(request -> request.fail(cause));
        requests.clear();
        wake.run();
      }
    } finally {
      lock.unlock();
    }
  }
}
