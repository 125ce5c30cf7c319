package dev.jmr.kernels.gpu.tornado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class ExpertsTest {
  private static final double TOLERANCE = 2e-4;
  private static final int TOKENS = 2;
  private static final int USED = 2;

  private final IntArray step = IntArray.fromArray(new int[] {TOKENS, 0, TOKENS});

  private static void run(TaskGraph graph, WorkerGrid grid, int items, Object... results) {
    grid.setLocalWork(items, 1, 1);
    graph.transferToHost(DataTransferMode.EVERY_EXECUTION, results);
    new TornadoExecutionPlan(graph.snapshot())
        .withGridScheduler(new GridScheduler("g.t", grid))
        .execute();
  }

  @Test
  void theBestAreChosenAndTheirSharesSumToTheScale() {
    FloatArray work = new FloatArray(20);
    float[] logits = {1, 3, 2, 0, -1, -2, 4, 4};
    for (int i = 0; i < logits.length; i++) {
      work.set(i, logits[i]);
    }
    IntArray chosen = new IntArray(TOKENS * USED);
    FloatArray biases = new FloatArray(8);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, step, work, biases, chosen)
            .task(
                "t",
                Experts::route,
                new KernelContext(),
                step,
                work,
                biases,
                chosen,
                0,
                8,
                16,
                4,
                USED,
                0,
                1,
                1,
                Experts.NORM,
                2f);
    run(graph, new WorkerGrid1D(4), 4, work, chosen);
    assertThat(chosen.toHeapArray()).containsExactly(1, 2, 2, 3);
    float first = (float) (2 / (1 + Math.exp(-1)));
    assertThat(work.get(16)).isCloseTo(first, Offset.offset(1e-5f));
    assertThat(work.get(17)).isCloseTo(2 - first, Offset.offset(1e-5f));
    assertThat(work.get(18)).isCloseTo(1, Offset.offset(1e-5f));
  }

  @Test
  void eachPairIsMultipliedByRowsOfItsExpertOnly() {
    int width = 256;
    int rows = 3;
    int stacked = 5;
    IntArray blocks = new IntArray(4 * stacked * 144 / 4);
    MemorySegment bits = blocks.getSegment();
    Random random = new Random(5);
    for (int block = 0; block < 4 * stacked; block++) {
      for (int i = 0; i < 144; i++) {
        bits.set(ValueLayout.JAVA_BYTE, block * 144L + i, (byte) random.nextInt());
      }
      short scale = Float.floatToFloat16(random.nextFloat() / 1024);
      bits.set(ValueLayout.JAVA_SHORT_UNALIGNED, block * 144L, scale);
      bits.set(ValueLayout.JAVA_SHORT_UNALIGNED, block * 144L + 2, scale);
    }
    int out = TOKENS * width;
    int shares = out + TOKENS * USED * rows;
    FloatArray work = new FloatArray(shares + TOKENS * USED);
    for (int i = 0; i < work.getSize(); i++) {
      work.set(i, random.nextFloat());
    }
    FloatArray bias = new FloatArray(4 * stacked);
    for (int i = 0; i < bias.getSize(); i++) {
      bias.set(i, i);
    }
    float[] before = work.toHeapArray();
    int[] experts = {3, 0, 2, 3};
    IntArray chosen = IntArray.fromArray(experts);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, step, work, blocks, bias, chosen)
            .task(
                "t",
                Experts::blocks,
                new KernelContext(),
                step,
                work,
                blocks,
                bias,
                chosen,
                0,
                width,
                out,
                rows,
                stacked,
                1,
                USED,
                Experts.WEIGHTED,
                shares,
                Blocks.Q4_K);
    run(graph, new WorkerGrid2D(rows * Linear.ITEMS, TOKENS * USED), Linear.ITEMS, work);
    float[] row = new float[width];
    for (int i = 0; i < experts.length * rows; i++) {
      int pair = i / rows;
      int at = experts[pair] * stacked + 1 + i % rows;
      TensorType.Q4_K.format().dequantize(bits, at * 144L, row, 0, width);
      double sum = 0;
      for (int c = 0; c < width; c++) {
        sum += (double) row[c] * before[pair / USED * width + c];
      }
      assertThat((double) work.get(out + i))
          .isCloseTo(sum * before[shares + pair] + at, Offset.offset(TOLERANCE));
    }
  }
}
