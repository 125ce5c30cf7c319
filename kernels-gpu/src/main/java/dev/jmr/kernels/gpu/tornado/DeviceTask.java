package dev.jmr.kernels.gpu.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// A kernel with its arguments and its grid, not yet in a task graph.
///
/// @param id the same for all tasks of an executable that differ in nothing but their arrays
/// @param arrays that it uses
record DeviceTask(
    String id, WorkerGrid grid, Size size, List<TornadoNativeArray> arrays, Adder adder) {
  /// Adds the task to a graph: each kernel has arguments of its own.
  @FunctionalInterface
  interface Adder {
    void addTo(TaskGraph graph, String id);
  }

  /// How many work items there are for a batch; at least one group, which may find nothing to do.
  @FunctionalInterface
  interface Size {
    void set(WorkerGrid grid, int tokens, int outputs);
  }

  /// Makes the grid as large as a batch needs it.
  void resize(int tokens, int outputs) {
    size.set(grid, tokens, outputs);
  }
}
