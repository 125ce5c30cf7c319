package dev.jmr.bench.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// Work in equal shares, one thread each.
final class Shares {
  private Shares() {}

  /// Does all shares at once and returns when the last is done; a single one is done by the caller.
  static void run(int count, IntConsumer share) {
    List<Throwable> failures = new ArrayList<>();
    Thread[] threads = new Thread[count - 1];
    for (int i = 0; i < threads.length; i++) {
      int index = i + 1;
      threads[i] =
          Thread.ofPlatform().name("jmr-bench-" + index).unstarted(() -> share.accept(index));
      threads[i].setUncaughtExceptionHandler((_, thrown) -> keep(failures, thrown));
      threads[i].start();
    }
    try {
      share.accept(0);
    } finally {
      join(threads);
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.getFirst());
    }
  }

  private static void keep(List<Throwable> failures, Throwable thrown) {
    synchronized (failures) {
      failures.add(thrown);
    }
  }

  private static void join(Thread[] threads) {
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
