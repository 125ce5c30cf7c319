package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// F32: floats in natural order, blocks of two vectors.
final class F32Kernel implements LinearKernel {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE);

  private final ActivationOrder order = ActivationOrder.natural(2 * COUNT);

  @Override
  public ActivationOrder order() {
    return order;
  }

  @Override
  public void dot(
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      int xOffset,
      float[] out,
      int outOffset,
      float[] scratch) {
    for (int r = 0; r < rowCount; r++) {
      int row = byteOffset + r * rowBytes;
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = FloatVector.zero(FLOATS);
      FloatVector sum2 = FloatVector.zero(FLOATS);
      FloatVector sum3 = FloatVector.zero(FLOATS);
      int k = 0;
      for (; k <= columns - 4 * COUNT; k += 4 * COUNT) {
        sum0 =
            FloatVector.fromMemorySegment(FLOATS, band, row + 4 * k, LITTLE)
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k), sum0);
        sum1 =
            FloatVector.fromMemorySegment(FLOATS, band, row + 4 * (k + COUNT), LITTLE)
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + COUNT), sum1);
        sum2 =
            FloatVector.fromMemorySegment(FLOATS, band, row + 4 * (k + 2 * COUNT), LITTLE)
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + 2 * COUNT), sum2);
        sum3 =
            FloatVector.fromMemorySegment(FLOATS, band, row + 4 * (k + 3 * COUNT), LITTLE)
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + 3 * COUNT), sum3);
      }
      if (k < columns) {
        sum0 =
            FloatVector.fromMemorySegment(FLOATS, band, row + 4 * k, LITTLE)
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k), sum0);
        sum1 =
            FloatVector.fromMemorySegment(FLOATS, band, row + 4 * (k + COUNT), LITTLE)
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + COUNT), sum1);
      }
      out[outOffset + r] = sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
    }
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    MemorySegment.copy(band, FLOAT, byteOffset + 4L * column, tile, offset, count);
  }
}
