package dev.jmr.kernels.gpu.tornado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.tensor.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Products of blocks against decoded rows, for row counts that fill groups and such that do not.
class LinearTest {
  private static final int COLUMNS = 512;
  private static final float TOLERANCE = 2e-4f;
  private static final float UNTOUCHED = -12345f;
  private static final Map<TensorType, Integer> TYPES =
      Map.of(
          TensorType.F16, Blocks.F16,
          TensorType.Q8_0, Blocks.Q8_0,
          TensorType.Q4_0, Blocks.Q4_0,
          TensorType.Q4_K, Blocks.Q4_K,
          TensorType.Q5_K, Blocks.Q5_K,
          TensorType.Q6_K, Blocks.Q6_K);

  /// Which of the two kernels runs, and the numbers of a group.
  private enum Kernel {
    ROWS(LinearRows.ROWS, LinearRows.ITEMS, LinearRows.TOKENS),
    TILE(LinearTile.SIDE, LinearTile.ITEMS, LinearTile.SIDE);

    private final int across;
    private final int items;
    private final int down;

    Kernel(int across, int items, int down) {
      this.across = across;
      this.items = items;
      this.down = down;
    }
  }

  private final Random random = new Random(7);

  @Test
  void rowsOfEachTypeAreMultipliedForFewTokens() {
    TYPES.keySet().forEach(type -> check(Kernel.ROWS, type, 5, 5, 1));
    TYPES.keySet().forEach(type -> check(Kernel.ROWS, type, 4, 4, 7));
  }

  @Test
  void tilesOfEachTypeAreMultipliedForManyTokens() {
    TYPES.keySet().forEach(type -> check(Kernel.TILE, type, 37, 37, 33));
  }

  @Test
  void headsReadTheirOwnPartOfTheInput() {
    check(Kernel.ROWS, TensorType.Q4_K, 6, 3, 2);
    check(Kernel.TILE, TensorType.Q6_K, 64, 32, 9);
  }

  @Test
  void eachKernelLeavesToTheOtherWhatIsItsTurn() {
    Case rows = new Case(TensorType.Q8_0, 4, 4, 9);
    assertThat(rows.run(Kernel.ROWS, 8)).containsOnly(UNTOUCHED);
    Case tile = new Case(TensorType.Q8_0, 4, 4, 8);
    assertThat(tile.run(Kernel.TILE, 8)).containsOnly(UNTOUCHED);
  }

  private void check(Kernel kernel, TensorType type, int features, int headRows, int tokens) {
    Case one = new Case(type, features, headRows, tokens);
    float[] expected = one.expected();
    float[] actual = one.run(kernel, kernel == Kernel.ROWS ? Integer.MAX_VALUE : 0);
    for (int i = 0; i < tokens * features; i++) {
      assertThat((double) actual[i])
          .as("%s %s [%d]", kernel, type, i)
          .isCloseTo(expected[i], Offset.offset((double) TOLERANCE));
    }
    // Behind the last token nothing was written.
    for (int i = tokens * features; i < actual.length; i++) {
      assertThat(actual[i]).isEqualTo(UNTOUCHED);
    }
  }

  /// A weight of random bits with small scales, and activations.
  private final class Case {
    private final TensorType type;
    private final int features;
    private final int headRows;
    private final int tokens;
    private final int width;
    private final MemorySegment weight;
    private final float[] input;

    Case(TensorType type, int features, int headRows, int tokens) {
      this.type = type;
      this.features = features;
      this.headRows = headRows;
      this.tokens = tokens;
      this.width = features / headRows * COLUMNS;
      this.input = new float[tokens * width];
      for (int i = 0; i < input.length; i++) {
        input[i] = random.nextFloat() - 0.5f;
      }
      long blocks = (long) features * COLUMNS / type.blockSize();
      this.weight = Arena.ofAuto().allocate(Math.ceilDiv(blocks * type.blockBytes(), 4L) * 4L, 4);
      byte[] bits = new byte[(int) weight.byteSize()];
      random.nextBytes(bits);
      MemorySegment.copy(bits, 0, weight, ValueLayout.JAVA_BYTE, 0, bits.length);
      for (long block = 0; block < blocks; block++) {
        putHalves(block * type.blockBytes());
      }
    }

    /// Makes float16 of what the type has as such, as random bits may be no numbers.
    private void putHalves(long block) {
      switch (type) {
        case F16 -> half(block, random.nextFloat() - 0.5f);
        case Q6_K -> half(block + 208, random.nextFloat() / 4096);
        case Q4_K, Q5_K -> {
          half(block, random.nextFloat() / 1024);
          half(block + 2, random.nextFloat() / 1024);
        }
        default -> half(block, random.nextFloat() / 64);
      }
    }

    private void half(long at, float value) {
      weight.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Float.floatToFloat16(value));
    }

    float[] expected() {
      float[] row = new float[COLUMNS];
      long rowBytes = (long) COLUMNS / type.blockSize() * type.blockBytes();
      float[] products = new float[tokens * features];
      for (int o = 0; o < features; o++) {
        type.format().dequantize(weight, o * rowBytes, row, 0, COLUMNS);
        for (int t = 0; t < tokens; t++) {
          double sum = 0;
          for (int i = 0; i < COLUMNS; i++) {
            sum += (double) row[i] * input[t * width + o / headRows * COLUMNS + i];
          }
          products[t * features + o] = (float) sum;
        }
      }
      return products;
    }

    float[] run(Kernel kernel, int most) {
      int capacity = tokens + 3;
      int in = 5;
      int out = in + capacity * width;
      FloatArray work = new FloatArray(out + capacity * features);
      work.init(UNTOUCHED);
      for (int i = 0; i < input.length; i++) {
        work.set(in + i, input[i]);
      }
      IntArray step = IntArray.fromArray(new int[] {0, tokens});
      IntArray blocks = IntArray.fromSegment(weight);
      TaskGraph graph =
          new TaskGraph("g").transferToDevice(DataTransferMode.EVERY_EXECUTION, step, work, blocks);
      KernelContext context = new KernelContext();
      int type = TYPES.getOrDefault(this.type, Blocks.F16);
      if (kernel == Kernel.ROWS) {
        graph.task(
            "t",
            LinearRows::blocks,
            context,
            step,
            work,
            blocks,
            1,
            in,
            width,
            out,
            COLUMNS,
            features,
            headRows,
            type,
            most);
      } else {
        graph.task(
            "t",
            LinearTile::blocks,
            context,
            step,
            work,
            blocks,
            1,
            in,
            width,
            out,
            COLUMNS,
            features,
            headRows,
            type,
            most);
      }
      graph.transferToHost(DataTransferMode.EVERY_EXECUTION, work);
      WorkerGrid2D grid =
          new WorkerGrid2D(
              Math.ceilDiv(features, kernel.across) * kernel.items,
              Math.ceilDiv(capacity, kernel.down));
      grid.setLocalWork(kernel.items, 1, 1);
      new TornadoExecutionPlan(graph.snapshot())
          .withGridScheduler(new GridScheduler("g.t", grid))
          .execute();
      float[] all = work.toHeapArray();
      return Arrays.copyOfRange(all, out, all.length);
    }
  }
}
