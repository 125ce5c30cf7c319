package uk.ac.manchester.tornado.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The grids of tasks, by `graph.task`.
public class GridScheduler {
  private final Map<String, WorkerGrid> grids = new ConcurrentHashMap<>();

  /// No grids.
  public GridScheduler() {}

  /// The grid of one task.
  public GridScheduler(String taskName, WorkerGrid workerGrid) {
    grids.put(taskName, workerGrid);
  }

  public void addWorkerGrid(String taskName, WorkerGrid workerGrid) {
    grids.put(taskName, workerGrid);
  }

  /// The grid of a task; null if it has none.
  public @Nullable WorkerGrid get(String taskName) {
    return grids.get(taskName);
  }
}
