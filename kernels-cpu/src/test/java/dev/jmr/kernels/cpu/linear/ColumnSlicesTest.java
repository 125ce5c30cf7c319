package dev.jmr.kernels.cpu.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnSlicesTest {
  @Test
  void shortRowsAreOneSlice() {
    assertThat(ColumnSlices.of(4096).starts()).containsExactly(0, 4096);
    assertThat(ColumnSlices.of(5120).starts()).containsExactly(0, 5120);
  }

  @Test
  void longRowsAreCutAtBlocksIntoSlicesThatFitTheCache() {
    for (int columns : new int[] {5121, 6144, 8192, 8960, 11008, 14336, 28672, 53248}) {
      ColumnSlices slices = ColumnSlices.of(columns);
      assertThat(IntStream.range(0, slices.count()).map(slices::length).sum()).isEqualTo(columns);
      for (int i = 0; i < slices.count(); i++) {
        assertThat(slices.start(i) % 256).isZero();
        assertThat(slices.length(i)).isBetween(2048, 4096 + 512);
      }
    }
  }

  @Test
  void packsSlicesAsIfEachWereARowOfItsOwn() {
    int columns = 8192;
    ActivationOrder order = new Q6_KKernel().order();
    ColumnSlices slices = ColumnSlices.of(columns);
    float[] x = new float[columns];
    for (int i = 0; i < columns; i++) {
      x[i] = i + 1;
    }
    float[] whole = new float[order.packedLength(columns)];
    slices.pack(order, x, 0, 0, 9, whole, 0);
    slices.pack(order, x, 0, 9, columns / 256, whole, 0);
    for (int i = 0; i < slices.count(); i++) {
      int length = slices.length(i);
      float[] alone = new float[order.packedLength(length)];
      order.pack(x, slices.start(i), length, 0, length / 256, alone, 0);
      int from = order.packedLength(slices.start(i));
      for (int k = 0; k < alone.length; k++) {
        assertThat(whole[from + k]).isEqualTo(alone[k]);
      }
    }
  }
}
