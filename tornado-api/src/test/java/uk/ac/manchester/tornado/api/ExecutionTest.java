package uk.ac.manchester.tornado.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

final class ExecutionTest {
  private static final int SIZE = 32;

  private final FloatArray in = new FloatArray(SIZE);
  private final FloatArray out = new FloatArray(SIZE);
  private final GridScheduler grids = new GridScheduler();
  private final KernelContext context = new KernelContext();

  ExecutionTest() {
    for (int i = 0; i < SIZE; i++) {
      in.set(i, i);
    }
  }

  static void twice(KernelContext context, FloatArray in, FloatArray out) {
    int i = context.globalIdx;
    out.set(i, 2 * in.get(i));
  }

  /// The sum of each group, by a tree in local memory.
  static void sums(KernelContext context, FloatArray in, FloatArray out) {
    float[] tile = context.allocateFloatLocalArray(8);
    int local = context.localIdx;
    tile[local] = in.get(context.globalIdx);
    for (int step = 4; step > 0; step = step / 2) {
      context.localBarrier();
      if (local < step) {
        tile[local] += tile[local + step];
      }
    }
    if (local == 0) {
      out.set(context.groupIdx, tile[0]);
    }
  }

  static void place(KernelContext context, IntArray out) {
    out.set(
        context.globalIdy * context.globalGroupSizeX + context.globalIdx,
        100 * context.groupIdx + 10 * context.localIdx + context.localIdy);
  }

  private void grid(String task, WorkerGrid grid, int x, int y) {
    grid.setLocalWork(x, y, 1);
    grids.addWorkerGrid(task, grid);
  }

  private TornadoExecutionPlan plan(TaskGraph... graphs) {
    ImmutableTaskGraph[] all = new ImmutableTaskGraph[graphs.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = graphs[i].snapshot();
    }
    return new TornadoExecutionPlan(all).withGridScheduler(grids);
  }

  @Test
  void computesEachItem() {
    grid("g.t", new WorkerGrid1D(SIZE), 8, 1);
    plan(new TaskGraph("g")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
            .task("t", ExecutionTest::twice, context, in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out))
        .execute();
    assertThat(out.get(0)).isZero();
    assertThat(out.get(31)).isEqualTo(62);
  }

  @Test
  void itemsOfAGroupShareMemoryAndWaitForEachOther() {
    grid("g.t", new WorkerGrid1D(SIZE), 8, 1);
    plan(new TaskGraph("g")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
            .task("t", ExecutionTest::sums, context, in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out))
        .execute();
    assertThat(new float[] {out.get(0), out.get(1), out.get(2), out.get(3)})
        .containsExactly(28, 92, 156, 220);
  }

  @Test
  void knowsItsPlace() {
    IntArray places = new IntArray(8);
    grid("g.t", new WorkerGrid2D(4, 2), 2, 2);
    plan(new TaskGraph("g")
            .task("t", ExecutionTest::place, context, places)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, places))
        .execute();
    assertThat(places.toHeapArray()).containsExactly(0, 10, 100, 110, 1, 11, 101, 111);
  }

  @Test
  void whatWasNotCopiedIsGarbage() {
    grid("g.t", new WorkerGrid1D(SIZE), 8, 1);
    plan(new TaskGraph("g")
            .task("t", ExecutionTest::twice, context, in, out)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, out))
        .execute();
    assertThat(out.get(1)).isNaN();
  }

  @Test
  void whatIsCopiedOnceDoesNotFollowTheHost() {
    grid("g.t", new WorkerGrid1D(SIZE), 8, 1);
    TornadoExecutionPlan plan =
        plan(
            new TaskGraph("g")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, in)
                .task("t", ExecutionTest::twice, context, in, out)
                .transferToHost(DataTransferMode.UNDER_DEMAND, out));
    plan.execute();
    assertThat(out.get(1)).isZero();
    in.set(1, 50);
    plan.execute().transferToHost(out);
    assertThat(out.get(1)).isEqualTo(2);
  }

  @Test
  void oneGraphGoesOnWithWhatTheOneBeforeLeft() {
    FloatArray middle = new FloatArray(SIZE);
    grid("a.t", new WorkerGrid1D(SIZE), 8, 1);
    grid("b.t", new WorkerGrid1D(SIZE), 8, 1);
    TornadoExecutionPlan plan =
        plan(
            new TaskGraph("a")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
                .task("t", ExecutionTest::twice, context, in, middle)
                .persistOnDevice(middle),
            new TaskGraph("b")
                .consumeFromDevice("a", middle)
                .task("t", ExecutionTest::twice, context, middle, out)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, out));
    assertThatThrownBy(() -> plan.withGraph(1).execute())
        .isInstanceOf(TornadoRuntimeException.class)
        .hasMessage("graph b: expected an array that graph a left just before, got none");
    plan.withGraph(0).execute();
    plan.withGraph(1).execute();
    assertThat(out.get(3)).isEqualTo(12);
    assertThat(middle.get(3)).isZero();
  }

  static void times(KernelContext context, FloatArray in, FloatArray out, int factor) {
    int i = context.globalIdx;
    out.set(i, factor * in.get(i));
  }

  private TaskGraph multiplying(int factor) {
    return new TaskGraph("g")
        .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
        .task("t", ExecutionTest::times, context, in, out, factor)
        .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
  }

  @Test
  void tasksOfOneNameHaveOneCode() {
    grid("g.t", new WorkerGrid1D(SIZE), 8, 1);
    plan(multiplying(3), multiplying(3)).execute();
    assertThat(out.get(5)).isEqualTo(15);
    assertThatThrownBy(() -> plan(multiplying(3), multiplying(4)))
        .hasMessageContaining("task g.t: expected the same kernel and the same numbers");
  }

  @Test
  void wantsGridsThatDivide() {
    TornadoExecutionPlan plan =
        plan(new TaskGraph("g").task("t", ExecutionTest::twice, context, in, out));
    assertThatThrownBy(plan::execute).hasMessage("task g.t: expected a grid, got none");
    grid("g.t", new WorkerGrid1D(SIZE), 5, 1);
    assertThatThrownBy(plan::execute)
        .hasMessage("task g.t: expected a multiple of 5 work items, got 32");
  }

  static void fails(KernelContext context, FloatArray in) {
    if (context.localIdx == 3) {
      throw new ArithmeticException("item " + context.localIdx);
    }
    context.localBarrier();
  }

  @Test
  void tellsWhichKernelFailed() {
    grid("g.t", new WorkerGrid1D(8), 8, 1);
    TornadoExecutionPlan plan =
        plan(
            new TaskGraph("g")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
                .task("t", ExecutionTest::fails, context, in));
    assertThatThrownBy(plan::execute).isInstanceOf(TornadoRuntimeException.class);
  }
}
