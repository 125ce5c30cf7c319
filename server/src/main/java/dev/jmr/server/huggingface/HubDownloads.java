package dev.jmr.server.huggingface;

import dev.jmr.server.store.ModelStore;
import dev.jmr.server.transfer.ParallelTasks;
import dev.jmr.server.transfer.ProgressThrottle;
import java.util.ArrayList;
import java.util.List;

/// Fetches the large files of a model side by side; the first failure, or an interrupt, ends all.
final class HubDownloads {
  private static final int PARALLEL = 4;

  private HubDownloads() {}

  /// Fetches files, unless they are there.
  static void fetch(
      HubDownload download, ModelStore store, List<HubFile> files, HubProgress progress)
      throws InterruptedException {
    store.requireSpace(files.stream().map(HubDownload::blob).toList());
    long total = files.stream().mapToLong(HubFile::size).sum();
    List<ParallelTasks.Task> tasks = new ArrayList<>();
    for (HubFile file : files) {
      ProgressThrottle throttle =
          new ProgressThrottle(file.size(), current -> progress.moved(file, current, total));
      tasks.add(() -> {
        download.fetch(file, throttle::at);
        throttle.done();
      });
    }
    ParallelTasks.run(PARALLEL, tasks);
  }
}
