package dev.jmr.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes and this one change one store (`-Djmr.store.sharing=60000` milliseconds for longer than a moment).
class StoreSharingTest {
  private static final long MILLIS = Long.getLong("jmr.store.sharing", 1500);

  @TempDir Path folder;

  @Test
  void losesNothingWhenProcessesShareAStore() throws Exception {
    ModelStore store = ModelStore.open(folder);
    List<Process> workers =
        List.of(StoreProcesses.start(folder, 1, MILLIS), StoreProcesses.start(folder, 2, MILLIS));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> steps =
          workers.stream().map(worker -> threads.submit(() -> steps(worker))).toList();
      while (workers.stream().anyMatch(Process::isAlive)) {
        store.upkeep().prune();
        assertThat(store.upkeep().diskUsage().models()).isLessThanOrEqualTo(5);
        assertThat(store.upkeep().fsck(false, _ -> {})).isEmpty();
      }
      for (Future<Long> count : steps) {
        assertThat(count.get()).isPositive();
      }
    } finally {
      workers.forEach(Process::destroyForcibly);
    }
    for (Process worker : workers) {
      assertThat(worker.waitFor()).as("the worker had no trouble").isZero();
    }
    assertThat(store.upkeep().fsck(false, _ -> {})).isEmpty();
    for (StoredModel model : store.list()) {
      assertThat(store.complete(store.manifest(model))).isTrue();
    }
  }

  private static long steps(Process worker) throws Exception {
    try (BufferedReader output = worker.inputReader()) {
      return output.lines().filter(line -> line.startsWith("end ")).count();
    }
  }
}
