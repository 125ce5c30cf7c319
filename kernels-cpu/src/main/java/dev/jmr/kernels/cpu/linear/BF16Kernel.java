package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// BF16: the upper halves of floats, read two to an int; even columns come first.
final class BF16Kernel extends RowPairKernel {
  private final ActivationOrder order = PairOrder.scaledBy(1);

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
    FloatVector even0 = FloatVector.zero(FLOATS);
    FloatVector even1 = FloatVector.zero(FLOATS);
    FloatVector odd0 = FloatVector.zero(FLOATS);
    FloatVector odd1 = FloatVector.zero(FLOATS);
    for (int k = 0; k < columns; k += 2 * COUNT) {
      FloatVector evens = FloatVector.fromArray(FLOATS, x, xOffset + k);
      FloatVector odds = FloatVector.fromArray(FLOATS, x, xOffset + k + COUNT);
      IntVector pairs0 = IntVector.fromMemorySegment(INTS, band, first + 2 * k, Lanes.LITTLE);
      IntVector pairs1 = IntVector.fromMemorySegment(INTS, band, second + 2 * k, Lanes.LITTLE);
      even0 = low(pairs0).fma(evens, even0);
      even1 = low(pairs1).fma(evens, even1);
      odd0 = high(pairs0).fma(odds, odd0);
      odd1 = high(pairs1).fma(odds, odd1);
    }
    sums[0] = even0.add(odd0).reduceLanes(VectorOperators.ADD);
    sums[1] = even1.add(odd1).reduceLanes(VectorOperators.ADD);
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
