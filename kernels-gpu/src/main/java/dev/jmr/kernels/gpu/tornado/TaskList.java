package dev.jmr.kernels.gpu.tornado;

import dev.jmr.kernels.gpu.tornado.kernel.Linear;
import dev.jmr.kernels.gpu.tornado.kernel.LinearRows;
import dev.jmr.kernels.gpu.tornado.kernel.LinearTile;
import dev.jmr.kernels.gpu.tornado.kernel.Norms;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Tasks in the order in which they run, with grids for the largest batch.
final class TaskList {
  private static final int ITEMS = 64;

  /// Rows up to which the weight is read row by row; more are computed in tiles.
  private static final int FEW = 8;

  private final BatchLimits limits;
  private final TaskNames names;
  private final List<DeviceTask> tasks = new ArrayList<>();
  private final IdentityHashMap<RopeTable, FloatArray> frequencies = new IdentityHashMap<>();

  TaskList(BatchLimits limits, TaskNames names) {
    this.limits = limits;
    this.names = names;
  }

  List<DeviceTask> all() {
    return List.copyOf(tasks);
  }

  private static int rows(Value value, int tokens, int outputs) {
    return value.rows() == Value.Rows.TOKENS ? tokens : outputs;
  }

  /// A work item for each element of a value.
  void elements(String name, Value value, DeviceTask.Adder adder, TornadoNativeArray... arrays) {
    add(
        name,
        ITEMS,
        (grid, tokens, outputs) ->
            line(grid, Math.multiplyExact(rows(value, tokens, outputs), value.width()), ITEMS),
        adder,
        arrays);
  }

  /// So many work items for each row of a value.
  void elementsPerRow(
      String name, Value value, int count, DeviceTask.Adder adder, TornadoNativeArray... arrays) {
    add(
        name,
        ITEMS,
        (grid, tokens, outputs) ->
            line(grid, Math.multiplyExact(rows(value, tokens, outputs), count), ITEMS),
        adder,
        arrays);
  }

  /// A group for each of so many parts of each row.
  void units(
      String name, Value value, int perRow, DeviceTask.Adder adder, TornadoNativeArray... arrays) {
    add(
        name,
        Norms.ITEMS,
        (grid, tokens, outputs) ->
            line(
                grid,
                Math.multiplyExact(rows(value, tokens, outputs) * perRow, Norms.ITEMS),
                Norms.ITEMS),
        adder,
        arrays);
  }

  /// A group of so many items for each row.
  void rows(
      String name, Value value, int items, DeviceTask.Adder adder, TornadoNativeArray... arrays) {
    add(
        name,
        items,
        (grid, tokens, outputs) ->
            line(grid, Math.multiplyExact(rows(value, tokens, outputs), items), items),
        adder,
        arrays);
  }

  /// A group for each row of a weight and each few rows of a value.
  void products(Value value, int features, DeviceTask.Adder adder, TornadoNativeArray... arrays) {
    addPlane(
        features,
        (tokens, outputs) -> Math.ceilDiv(rows(value, tokens, outputs), Linear.TOKENS),
        adder,
        arrays);
  }

  /// Adds a product to a graph, to be computed here for up to `most` rows.
  @FunctionalInterface
  interface Product {
    void addTo(TaskGraph graph, String id, int most);
  }

  /// The product of rows and a weight of blocks: by [LinearRows], and where there are many rows by [LinearTile].
  ///
  /// Which of the two computes is the step's to say: the other has one group, which finds nothing to do.
  ///
  /// @param value whose rows these are
  /// @param tile nothing if [LinearRows] has to do all
  void products(
      Value value,
      int features,
      Product few,
      Optional<Product> tile,
      TornadoNativeArray... arrays) {
    IntBinaryOperator rows = (tokens, outputs) -> rows(value, tokens, outputs);
    boolean many = tile.isPresent() && rows.applyAsInt(limits.tokens(), limits.outputs()) > FEW;
    int most = many ? FEW : Integer.MAX_VALUE;
    add(
        "linear",
        new WorkerGrid2D(LinearRows.ITEMS, 1),
        LinearRows.ITEMS,
        (grid, tokens, outputs) -> {
          int count = rows.applyAsInt(tokens, outputs);
          plane(
              grid,
              count <= most,
              features,
              LinearRows.ROWS,
              LinearRows.ITEMS,
              count,
              LinearRows.TOKENS);
        },
        (graph, id) -> few.addTo(graph, id, most),
        arrays);
    if (many) {
      add(
          "tile",
          new WorkerGrid2D(LinearTile.ITEMS, 1),
          LinearTile.ITEMS,
          (grid, tokens, outputs) -> {
            int count = rows.applyAsInt(tokens, outputs);
            plane(
                grid,
                count > FEW,
                features,
                LinearTile.SIDE,
                LinearTile.ITEMS,
                count,
                LinearTile.SIDE);
          },
          (graph, id) -> tile.get().addTo(graph, id, FEW),
          arrays);
    }
  }

  private static void plane(
      WorkerGrid grid, boolean used, int features, int across, int items, int count, int down) {
    int groups = used ? Math.ceilDiv(features, across) : 1;
    int lines = used ? Math.max(1, Math.ceilDiv(count, down)) : 1;
    grid.setGlobalWork(Math.multiplyExact(groups, items), lines, 1);
  }

  /// A group for each row of a weight and each of the `used` experts of each row of a value.
  void productsOfPairs(
      Value value, int features, int used, DeviceTask.Adder adder, TornadoNativeArray... arrays) {
    addPlane(features, (tokens, outputs) -> rows(value, tokens, outputs) * used, adder, arrays);
  }

  private void addPlane(
      int features,
      IntBinaryOperator others,
      DeviceTask.Adder adder,
      TornadoNativeArray... arrays) {
    int items = Math.multiplyExact(features, Linear.ITEMS);
    WorkerGrid2D plane = new WorkerGrid2D(items, 1);
    add(
        "linear",
        plane,
        Linear.ITEMS,
        (grid, tokens, outputs) ->
            grid.setGlobalWork(items, Math.max(1, others.applyAsInt(tokens, outputs)), 1),
        adder,
        arrays);
  }

  private static void line(WorkerGrid grid, int count, int group) {
    grid.setGlobalWork((long) Math.max(1, Math.ceilDiv(count, group)) * group, 1, 1);
  }

  private void add(
      String name,
      int group,
      DeviceTask.Size size,
      DeviceTask.Adder adder,
      TornadoNativeArray... arrays) {
    add(name, new WorkerGrid1D(group), group, size, adder, arrays);
  }

  private void add(
      String name,
      WorkerGrid grid,
      int group,
      DeviceTask.Size size,
      DeviceTask.Adder adder,
      TornadoNativeArray... arrays) {
    size.set(grid, limits.tokens(), limits.outputs());
    grid.setLocalWork(group, 1, 1);
    tasks.add(new DeviceTask(names.next(name), grid, size, List.of(arrays), adder));
  }

  /// The frequencies of a table, once for all that rotate by it.
  FloatArray frequencies(RopeTable table) {
    return frequencies.computeIfAbsent(
        table,
        _ -> {
          FloatArray array = new FloatArray(table.pairCount());
          for (int i = 0; i < table.pairCount(); i++) {
            array.set(i, table.frequency(i));
          }
          return array;
        });
  }
}
