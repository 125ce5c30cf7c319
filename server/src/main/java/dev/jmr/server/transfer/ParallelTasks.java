package dev.jmr.server.transfer;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Runs tasks beside each other on virtual threads, a few at a time; the first failure ends them
/// all.
public final class ParallelTasks {
  private ParallelTasks() {}

  /// Something that may be given up.
  @FunctionalInterface
  public interface Task {
    /// Does it, or ends early when interrupted.
    void run() throws InterruptedException;
  }

  /// Waits for all tasks; none runs any more when this returns or throws.
  ///
  /// @param limit at most so many at a time
  /// @throws RuntimeException the first failure
  /// @throws InterruptedException if interrupted, as the tasks are then
  public static void run(int limit, List<Task> tasks) throws InterruptedException {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(limit, Thread.ofVirtual().name("transfer-", 0).factory())) {
      try {
        CompletionService<Boolean> done = new ExecutorCompletionService<>(pool);
        for (Task task : tasks) {
          done.submit(() -> {
            task.run();
            return true;
          });
        }
        for (int i = 0; i < tasks.size(); i++) {
          done.take().get();
        }
      } catch (ExecutionException e) {
        throw failure(e);
      } finally {
        pool.shutdownNow();
      }
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException failure) {
      return failure;
    }
    return new IllegalStateException("a transfer ended by itself", e);
  }
}
