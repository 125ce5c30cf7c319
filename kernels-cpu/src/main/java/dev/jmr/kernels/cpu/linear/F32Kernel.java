package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.Lanes.COUNT;
import static dev.jmr.kernels.cpu.Lanes.FLOATS;

import dev.jmr.kernels.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// F32: floats in natural order, two vectors at a time.
final class F32Kernel implements LinearKernel {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(Lanes.LITTLE);

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
      out[outOffset + r] = products(band, byteOffset + r * rowBytes, columns, x, xOffset);
    }
  }

  private static float products(MemorySegment band, int row, int columns, float[] x, int xOffset) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    for (int k = 0; k < columns; k += 2 * COUNT) {
      sum0 =
          FloatVector.fromMemorySegment(FLOATS, band, row + 4 * k, Lanes.LITTLE)
              .fma(FloatVector.fromArray(FLOATS, x, xOffset + k), sum0);
      sum1 =
          FloatVector.fromMemorySegment(FLOATS, band, row + 4 * (k + COUNT), Lanes.LITTLE)
              .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + COUNT), sum1);
    }
    return sum0.add(sum1).reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    MemorySegment.copy(band, FLOAT, byteOffset + 4L * column, tile, offset, count);
  }
}
