package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// F16: half-precision numbers, read two to an int; even columns come first.
///
/// A half moved to a float's places (sign to bit 31, the rest three bits lower) is the same number times 2^-112,
/// subnormals included. Activations carry 2^100 of that factor and the sum the rest, so that nothing leaves the range of
/// normal floats. Infinite and NaN weights do not occur in models that work.
final class F16Kernel extends RowPairKernel {
  private static final int PLACES = 0x8FFFE000;
  private static final float INTO_ACTIVATIONS = 0x1p100f;
  private static final float INTO_SUM = 0x1p12f;
  private static final float INTO_WEIGHT = 0x1p112f;

  private final ActivationOrder order = PairOrder.scaledBy(INTO_ACTIVATIONS);

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
    sums[0] = INTO_SUM * even0.add(odd0).reduceLanes(VectorOperators.ADD);
    sums[1] = INTO_SUM * even1.add(odd1).reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    for (int k = 0; k < count; k += 2 * COUNT) {
      IntVector pairs =
          IntVector.fromMemorySegment(INTS, band, byteOffset + 2 * (column + k), Lanes.LITTLE);
      low(pairs).mul(INTO_WEIGHT).intoArray(tile, offset + k);
      high(pairs).mul(INTO_WEIGHT).intoArray(tile, offset + k + COUNT);
    }
  }

  private static FloatVector low(IntVector pairs) {
    return high(pairs.lanewise(VectorOperators.LSHL, 16));
  }

  private static FloatVector high(IntVector pairs) {
    return pairs.lanewise(VectorOperators.ASHR, 3).and(PLACES).reinterpretAsFloats();
  }
}
