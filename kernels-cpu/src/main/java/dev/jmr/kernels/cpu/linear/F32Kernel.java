package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// F32: floats in natural order, two vectors at a time.
final class F32Kernel extends RowPairKernel {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(Lanes.LITTLE);

  private final ActivationOrder order = ActivationOrder.natural(2 * COUNT);

  @Override
  public ActivationOrder order() {
    return order;
  }

  @Override
  void pair(
      MemorySegment band,
      int first,
      int second,
      int columns,
      float[] x,
      int xOffset,
      float[] sums) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    for (int k = 0; k < columns; k += 2 * COUNT) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, xOffset + k);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, xOffset + k + COUNT);
      sum0 = load(band, first + 4 * k).fma(x0, sum0);
      sum1 = load(band, second + 4 * k).fma(x0, sum1);
      sum0 = load(band, first + 4 * (k + COUNT)).fma(x1, sum0);
      sum1 = load(band, second + 4 * (k + COUNT)).fma(x1, sum1);
    }
    sums[0] = sum0.reduceLanes(VectorOperators.ADD);
    sums[1] = sum1.reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector load(MemorySegment band, int at) {
    return FloatVector.fromMemorySegment(FLOATS, band, at, Lanes.LITTLE);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    MemorySegment.copy(band, FLOAT, byteOffset + 4L * column, tile, offset, count);
  }
}
