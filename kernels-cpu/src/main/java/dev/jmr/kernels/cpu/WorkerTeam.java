package dev.jmr.kernels.cpu;

import dev.jmr.kernels.cpu.stage.Stage;
import dev.jmr.kernels.cpu.stage.Step;
import dev.jmr.kernels.cpu.stage.Worker;
import dev.jmr.tensor.backend.OpTimer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads that walk a list of stages together: the caller of [#run] and `workers - 1` platform threads of its own.
///
/// Each worker has a range of every stage's chunks and claims them from front to back, so that it reads the weights as one
/// stream: the hardware's prefetching takes long to find its way after each jump. When its range is done it takes chunks
/// from the back of others' ranges. It goes on when all chunks are *complete*: it never waits for a worker that holds no
/// chunk, so that a thread which the system has put aside holds nobody up.
/// Between steps the threads spin for a moment, then park. One run at a time.
final class WorkerTeam implements AutoCloseable {
  /// Counters lie this many elements apart, so that no two share a cache line.
  private static final int STRIDE = 32;

  /// In a range's counter: chunks claimed from its front, above the bits for those claimed from its back.
  private static final int FRONT_SHIFT = 32;

  private static final int SPINS_BEFORE_YIELD = 4_000;
  private static final long IDLE_SPIN_NANOS = 100_000;

  /// Bits of `admission`: the run's number, then whether it is open, then how many threads have joined it.
  private static final int RUN_SHIFT = 32;

  private static final long OPEN = 1L << 31;
  private static final long JOINED = OPEN - 1;

  private final Thread[] threads;
  private final Worker[] workers;
  private final AtomicLong admission = new AtomicLong();
  private final AtomicLong departed = new AtomicLong();
  private final AtomicIntegerArray parked;
  private final AtomicLongArray claimed;
  private final AtomicIntegerArray completed;
  private final Stage[] stages;
  private final Step step;
  private final @Nullable OpTimer timer;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  /// A team that walks `stages` over `step`, one thread for each of `workers`.
  ///
  /// @param timer told how long the caller of [#run] spends on each stage
  WorkerTeam(Stage[] stages, Step step, Worker[] workers, Optional<OpTimer> timer) {
    this.timer = timer.orElse(null);
    this.stages = stages;
    this.step = step;
    this.workers = workers;
    claimed = new AtomicLongArray((stages.length * workers.length + 1) * STRIDE);
    completed = new AtomicIntegerArray((stages.length + 1) * STRIDE);
    parked = new AtomicIntegerArray((workers.length + 1) * STRIDE);
    threads = new Thread[workers.length - 1];
    for (int i = 0; i < threads.length; i++) {
      int index = i + 1;
      threads[i] =
          Thread.ofPlatform().daemon().name("jmr-worker-" + index).unstarted(() -> serve(index));
    }
    for (Thread thread : threads) {
      thread.start();
    }
  }

  /// Walks all stages once; returns when every chunk is complete.
  void run() {
    for (int i = 0; i < stages.length; i++) {
      completed.setPlain(i * STRIDE, 0);
    }
    for (int i = 0; i < stages.length * workers.length; i++) {
      claimed.setPlain(i * STRIDE, 0);
    }
    failure = null;
    departed.setPlain(0);
    long run = (admission.get() >>> RUN_SHIFT) + 1;
    admission.set(run << RUN_SHIFT | OPEN);
    for (int i = 0; i < threads.length; i++) {
      if (parked.get((i + 1) * STRIDE) != 0) {
        LockSupport.unpark(threads[i]);
      }
    }
    walk(0);
    long joined = admission.getAndUpdate(state -> state & ~OPEN) & JOINED;
    for (int spins = 0; departed.get() < joined; spins++) {
      pause(spins);
    }
    rethrowFailure();
  }

  private void rethrowFailure() {
    switch (failure) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException(other);
    }
  }

  private void serve(int index) {
    long last = 0;
    while (!closed) {
      long state = awaitRun(last, index);
      if ((state & OPEN) != 0 && admission.compareAndSet(state, state + 1)) {
        last = state >>> RUN_SHIFT;
        walk(index);
        departed.incrementAndGet();
      } else if ((state & OPEN) == 0) {
        last = state >>> RUN_SHIFT;
      }
    }
  }

  /// Waits for a run other than `last`.
  private long awaitRun(long last, int index) {
    long deadline = System.nanoTime() + IDLE_SPIN_NANOS;
    while (true) {
      long state = admission.get();
      if (state >>> RUN_SHIFT != last || closed) {
        return state;
      }
      if (System.nanoTime() < deadline) {
        Thread.onSpinWait();
        continue;
      }
      parked.set(index * STRIDE, 1);
      if (admission.get() >>> RUN_SHIFT == last && !closed) {
        LockSupport.park(this);
      }
      parked.set(index * STRIDE, 0);
    }
  }

  private void walk(int self) {
    OpTimer clock = self == 0 ? timer : null;
    try {
      for (int i = 0; i < stages.length && failure == null; i++) {
        int chunks = stages[i].chunks(step);
        if (chunks > 0) {
          long start = clock == null ? 0 : System.nanoTime();
          work(i, chunks, self);
          await(i, chunks);
          if (clock != null) {
            clock.add(i, System.nanoTime() - start);
          }
        }
      }
    } catch (Throwable thrown) {
      failure = thrown;
    }
  }

  private void work(int index, int chunks, int self) {
    int ranges = workers.length;
    for (int i = 0; i < ranges; i++) {
      int owner = (self + i) % ranges;
      int first = (int) ((long) chunks * owner / ranges);
      int count = (int) ((long) chunks * (owner + 1) / ranges) - first;
      int counter = (index * ranges + owner) * STRIDE;
      for (int at = claim(counter, count, i == 0); at >= 0; at = claim(counter, count, i == 0)) {
        stages[index].run(first + at, step, workers[self]);
        completed.getAndIncrement(index * STRIDE);
      }
    }
  }

  /// Claims the first or the last free one of a range of `count` chunks; -1 if none is left.
  private int claim(int counter, int count, boolean front) {
    while (true) {
      long state = claimed.get(counter);
      int fromFront = (int) (state >>> FRONT_SHIFT);
      int fromBack = (int) state;
      if (fromFront + fromBack >= count) {
        return -1;
      }
      long next = front ? state + (1L << FRONT_SHIFT) : state + 1;
      if (claimed.compareAndSet(counter, state, next)) {
        return front ? fromFront : count - 1 - fromBack;
      }
    }
  }

  private void await(int index, int chunks) {
    int counter = index * STRIDE;
    for (int spins = 0; completed.get(counter) < chunks && failure == null; spins++) {
      pause(spins);
    }
  }

  /// Spins at first; on a machine with more to do than cores, gives the core to whoever holds the missing chunk.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void pause(int spins) {
    if (spins < SPINS_BEFORE_YIELD) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  /// Ends the threads and waits for them.
  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
