package dev.jmr.server.huggingface;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.store.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Fetches the large files of a model side by side; the first failure, or an interrupt, ends all.
final class HubDownloads {
  private static final int PARALLEL = 4;
  private static final long PROGRESS_NANOS = 100_000_000;
  private static final long PROGRESS_BYTES = 1 << 20;

  private HubDownloads() {}

  /// Fetches files, unless they are there.
  static void fetch(
      HubDownload download, ModelStore store, List<HubFile> files, HubProgress progress)
      throws InterruptedException {
    requireSpace(store, files);
    long total = files.stream().mapToLong(HubFile::size).sum();
    try (ExecutorService executor =
        Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
      CompletionService<Boolean> completion = new ExecutorCompletionService<>(executor);
      for (HubFile file : files) {
        completion.submit(() -> {
          download.fetch(file, new Throttle(file, total, progress)::moved);
          return true;
        });
      }
      try {
        for (int i = 0; i < files.size(); i++) {
          completion.take().get();
        }
      } catch (ExecutionException e) {
        executor.shutdownNow();
        throw failure(e);
      } catch (InterruptedException e) {
        executor.shutdownNow();
        throw e;
      }
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException("a download was interrupted", e);
  }

  private static void requireSpace(ModelStore store, List<HubFile> files) {
    long needed = 0;
    for (HubFile file : files) {
      Descriptor blob = HubDownload.blob(file);
      needed += blob.size() - store.presentBytes(blob);
    }
    long free;
    try {
      free = Files.getFileStore(store.root()).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (needed > free) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "pull: expected %d bytes free at %s, got %d; free some space or set MODELS_PATH"
              .formatted(needed, store.root(), free));
    }
  }

  /// Passes on what is worth hearing of one file. For one thread.
  private static final class Throttle {
    private final HubFile file;
    private final long total;
    private final HubProgress progress;
    private long lastBytes = -1;
    private long lastNanos;

    Throttle(HubFile file, long total, HubProgress progress) {
      this.file = file;
      this.total = total;
      this.progress = progress;
    }

    void moved(long current) {
      long now = System.nanoTime();
      boolean worth =
          lastBytes < 0
              || current == file.size()
              || now - lastNanos >= PROGRESS_NANOS
              || Math.abs(current - lastBytes) >= PROGRESS_BYTES;
      if (worth && current != lastBytes) {
        lastBytes = current;
        lastNanos = now;
        progress.moved(file, current, total);
      }
    }
  }
}
