package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.Lanes.COUNT;
import static dev.jmr.kernels.cpu.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.Lanes.INTS;

import dev.jmr.kernels.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// BF16: the upper halves of floats, read two to an int; even columns come first.
final class BF16Kernel implements LinearKernel {
  private final ActivationOrder order = PairOrder.scaledBy(1);

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
    FloatVector even = FloatVector.zero(FLOATS);
    FloatVector odd = FloatVector.zero(FLOATS);
    for (int k = 0; k < columns; k += 2 * COUNT) {
      IntVector pairs = IntVector.fromMemorySegment(INTS, band, row + 2 * k, Lanes.LITTLE);
      even = low(pairs).fma(FloatVector.fromArray(FLOATS, x, xOffset + k), even);
      odd = high(pairs).fma(FloatVector.fromArray(FLOATS, x, xOffset + k + COUNT), odd);
    }
    return even.add(odd).reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    for (int k = 0; k < count; k += 2 * COUNT) {
      IntVector pairs =
          IntVector.fromMemorySegment(INTS, band, byteOffset + 2 * (column + k), Lanes.LITTLE);
      low(pairs).intoArray(tile, offset + k);
      high(pairs).intoArray(tile, offset + k + COUNT);
    }
  }

  private static FloatVector low(IntVector pairs) {
    return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  private static FloatVector high(IntVector pairs) {
    return pairs.and(0xFFFF0000).reinterpretAsFloats();
  }
}
