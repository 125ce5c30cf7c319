package dev.jmr.kernels.gpu.tornado;

import dev.jmr.kernels.gpu.tornado.kernel.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Divides tasks into task graphs, since one takes no more than about sixty, and hands arrays from each to the next: an
/// array goes to the device in the first graph that uses it and through all graphs up to the last one.
///
/// All graphs have one name, and tasks that differ in their arrays only have the same ones, as far as a graph may have them
/// twice: what TornadoVM compiled for the first is there for the others.
final class TaskGraphs {
  private static final int MOST_TASKS = 48;
  private static final String NAME = "step";

  private final CodeReuse reuse = new CodeReuse();
  private final List<List<DeviceTask>> parts = new ArrayList<>();
  private final GridScheduler grids = new GridScheduler();
  private final IdentityHashMap<TornadoNativeArray, Integer> first = new IdentityHashMap<>();
  private final IdentityHashMap<TornadoNativeArray, Integer> last = new IdentityHashMap<>();
  private final Set<TornadoNativeArray> fresh;
  private final Results results;

  /// What goes back to the host, both computed by the last tasks.
  ///
  /// @param onDemand only where it is asked for
  /// @param always in every step
  record Results(FloatArray onDemand, IntArray always) {
    static final int TASKS = 2;
  }

  /// @param fresh arrays that are copied to the device in every step; all others are once
  TaskGraphs(List<DeviceTask> tasks, Set<TornadoNativeArray> fresh, Results results) {
    this.fresh = fresh;
    this.results = results;
    int from = 0;
    while (from < tasks.size()) {
      int left = tasks.size() - from;
      int count = left > MOST_TASKS ? Math.min(MOST_TASKS, left - Results.TASKS) : left;
      parts.add(new ArrayList<>(tasks.subList(from, from + count)));
      from += count;
    }
    for (int part = 0; part < parts.size(); part++) {
      for (DeviceTask task : parts.get(part)) {
        for (TornadoNativeArray array : task.arrays()) {
          first.putIfAbsent(array, part);
          last.put(array, part);
        }
      }
    }
  }

  int count() {
    return parts.size();
  }

  /// A plan of all graphs, which are to be run one after the other.
  TornadoExecutionPlan plan(TornadoDevice device) {
    ImmutableTaskGraph[] graphs = new ImmutableTaskGraph[parts.size()];
    for (int part = 0; part < graphs.length; part++) {
      graphs[part] = graph(part);
    }
    TornadoExecutionPlan plan =
        new TornadoExecutionPlan(graphs).withDevice(device).withGridScheduler(grids);
    List.of(graphs).forEach(reuse::allow);
    return plan;
  }

  /// The first graph that uses an array.
  private int first(TornadoNativeArray array) {
    return first.getOrDefault(array, -1);
  }

  /// The last graph that uses an array.
  private int last(TornadoNativeArray array) {
    return last.getOrDefault(array, -1);
  }

  private ImmutableTaskGraph graph(int part) {
    TaskGraph graph = new TaskGraph(NAME);
    Set<TornadoNativeArray> used = Collections.newSetFromMap(new IdentityHashMap<>());
    parts.get(part).forEach(task -> used.addAll(task.arrays()));
    List<TornadoNativeArray> passed = new ArrayList<>();
    for (TornadoNativeArray array : first.keySet()) {
      if (first(array) < part && part <= last(array)) {
        graph.consumeFromDevice(NAME, array);
        if (!used.contains(array)) {
          passed.add(array);
        }
      } else if (first(array) == part) {
        graph.transferToDevice(
            fresh.contains(array)
                ? DataTransferMode.EVERY_EXECUTION
                : DataTransferMode.FIRST_EXECUTION,
            array);
      }
    }
    for (int i = 0; i < passed.size(); i++) {
      keep(graph, i, passed.get(i));
    }
    Map<String, Integer> counts = new HashMap<>();
    for (DeviceTask task : parts.get(part)) {
      String id = task.id() + "_" + counts.merge(task.id(), 1, Integer::sum);
      task.adder().addTo(graph, id);
      grids.addWorkerGrid(NAME + "." + id, task.grid());
    }
    for (TornadoNativeArray array : first.keySet()) {
      if (first(array) <= part && part < last(array)) {
        graph.persistOnDevice(array);
      }
    }
    if (part == parts.size() - 1) {
      graph.transferToHost(DataTransferMode.UNDER_DEMAND, results.onDemand());
      graph.transferToHost(DataTransferMode.EVERY_EXECUTION, results.always());
    }
    return graph.snapshot();
  }

  /// An array that no task of a graph uses would not get through it.
  private void keep(TaskGraph graph, int number, TornadoNativeArray array) {
    KernelContext context = new KernelContext();
    String id =
        switch (array) {
          case IntArray _ -> "keepInts" + number;
          case FloatArray _ -> "keepFloats" + number;
        };
    switch (array) {
      case IntArray ints -> graph.task(id, Rows::keepInts, context, ints);
      case FloatArray floats -> graph.task(id, Rows::keepFloats, context, floats);
    }
    grids.addWorkerGrid(NAME + "." + id, new WorkerGrid1D(1));
  }
}
