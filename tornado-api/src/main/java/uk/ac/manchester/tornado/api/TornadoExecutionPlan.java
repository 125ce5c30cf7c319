package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Runs graphs, one after the other. Not thread-safe.
public class TornadoExecutionPlan implements AutoCloseable {
  private final List<ImmutableTaskGraph> graphs;
  private final DeviceMemory memory = new DeviceMemory();
  private List<ImmutableTaskGraph> chosen;
  private GridScheduler grids = new GridScheduler();
  private @Nullable String before;
  private Set<TornadoNativeArray> left = identitySet();

  /// A plan of these graphs. Graphs may have the same name: code is kept by the names of graph and task together, so that
  /// tasks of the same name run the code of the first.
  ///
  /// @throws IllegalArgumentException if such tasks differ in more than their arrays
  public TornadoExecutionPlan(ImmutableTaskGraph... immutableTaskGraphs) {
    this.graphs = List.of(immutableTaskGraphs);
    this.chosen = graphs;
    Map<String, KernelTask> compiled = new HashMap<>();
    for (ImmutableTaskGraph graph : graphs) {
      for (KernelTask task : graph.tasks()) {
        String name = graph.name() + "." + task.id();
        KernelTask first = compiled.putIfAbsent(name, task);
        if (first != null && !first.hasCodeOf(task)) {
          throw new IllegalArgumentException(
              "task %s: expected the same kernel and the same numbers as another task of this name"
                  .formatted(name));
        }
      }
    }
  }

  private static Set<TornadoNativeArray> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /// Has the next execution run this graph only.
  public TornadoExecutionPlan withGraph(int graphIndex) {
    chosen = List.of(graphs.get(graphIndex));
    return this;
  }

  /// Has the next execution run all graphs.
  public TornadoExecutionPlan withAllGraphs() {
    chosen = graphs;
    return this;
  }

  /// The only device that there is here.
  public static TornadoDevice getDevice(int driverIndex, int deviceIndex) {
    if (driverIndex != 0 || deviceIndex != 0) {
      throw new TornadoRuntimeException(
          "driver %d has no device %d".formatted(driverIndex, deviceIndex));
    }
    return new TornadoDevice() {};
  }

  /// Has the graphs run on a device; here there is one only.
  public TornadoExecutionPlan withDevice(TornadoDevice device) {
    return this;
  }

  /// Compiles what the graphs have; here there is nothing to compile.
  public TornadoExecutionPlan withPreCompilation() {
    return this;
  }

  public TornadoExecutionPlan withGridScheduler(GridScheduler gridScheduler) {
    this.grids = gridScheduler;
    return this;
  }

  /// Runs the chosen graphs.
  ///
  /// @throws TornadoRuntimeException if a kernel has no grid, or wants an array that no graph left for it
  public TornadoExecutionResult execute() {
    chosen.forEach(this::run);
    return new TornadoExecutionResult(memory);
  }

  private void run(ImmutableTaskGraph graph) {
    Set<TornadoNativeArray> known = copyIn(graph);
    for (KernelTask task : graph.tasks()) {
      for (TornadoNativeArray array : task.arrays()) {
        if (known.add(array)) {
          // Nobody copied it: a result, or a mistake that shows.
          memory.forget(array);
        }
      }
      run(graph.name() + "." + task.id(), task);
    }
    copyOut(graph);
  }

  private Set<TornadoNativeArray> copyIn(ImmutableTaskGraph graph) {
    Set<TornadoNativeArray> known = identitySet();
    for (Step step : graph.copiesIn()) {
      switch (step) {
        case Step.ToDevice to ->
            memory.toDevice(
                to.array(), graph.name(), to.mode() == DataTransferMode.FIRST_EXECUTION);
        case Step.Consume consume -> consume(graph, consume);
        default ->
            throw new IllegalStateException(
                "graph %s: %s before its tasks".formatted(graph.name(), step));
      }
      known.add(step.array());
    }
    return known;
  }

  private void consume(ImmutableTaskGraph graph, Step.Consume consume) {
    if (!consume.graph().equals(before) || !left.contains(consume.array())) {
      throw new TornadoRuntimeException(
          "graph %s: expected an array that graph %s left just before, got none"
              .formatted(graph.name(), consume.graph()));
    }
  }

  private void copyOut(ImmutableTaskGraph graph) {
    Set<TornadoNativeArray> now = identitySet();
    for (Step step : graph.copiesOut()) {
      switch (step) {
        case Step.Persist persist -> {
          memory.make(persist.array());
          now.add(persist.array());
        }
        case Step.ToHost to -> {
          if (to.mode() == DataTransferMode.EVERY_EXECUTION) {
            memory.toHost(to.array());
          } else {
            now.add(to.array());
          }
        }
        default ->
            throw new IllegalStateException(
                "graph %s: %s after its tasks".formatted(graph.name(), step));
      }
    }
    before = graph.name();
    left = now;
  }

  private void run(String name, KernelTask task) {
    WorkerGrid grid = grids.get(name);
    if (grid == null) {
      throw new TornadoRuntimeException("task %s: expected a grid, got none".formatted(name));
    }
    int[] local = ints(grid.getLocalWork());
    int[] global = ints(grid.getGlobalWork());
    for (int i = 0; i < global.length; i++) {
      if (local[i] < 1 || global[i] % local[i] != 0) {
        throw new TornadoRuntimeException(
            "task %s: expected a multiple of %d work items, got %d"
                .formatted(name, local[i], global[i]));
      }
    }
    WorkGroup.runAll(task.kernel(), task.bound(memory), local, global);
  }

  private static int[] ints(long[] values) {
    int[] result = new int[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.toIntExact(values[i]);
    }
    return result;
  }

  /// Frees the device's arrays; they are garbage if they are used again.
  public TornadoExecutionPlan freeDeviceMemory() {
    memory.free();
    left = identitySet();
    return this;
  }

  /// The graphs' names, in their order.
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    graphs.forEach(graph -> names.add(graph.name()));
    return names.toString();
  }

  @Override
  public void close() throws uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException {
    memory.free();
  }
}
