package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// F16: half-precision numbers, read two to an int; even columns come first.
///
/// A half moved to a float's places (sign to bit 31, the rest three bits lower) is the same number times 2^-112,
/// subnormals included. Activations carry 2^100 of that factor and the sum the rest, so that nothing leaves the range of
/// normal floats. Infinite and NaN weights do not occur in models that work.
final class F16Kernel implements LinearKernel {
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
      FloatVector even0 = FloatVector.zero(FLOATS);
      FloatVector even1 = FloatVector.zero(FLOATS);
      FloatVector odd0 = FloatVector.zero(FLOATS);
      FloatVector odd1 = FloatVector.zero(FLOATS);
      int k = 0;
      for (; k <= columns - 4 * COUNT; k += 4 * COUNT) {
        IntVector pairs = IntVector.fromMemorySegment(INTS, band, row + 2 * k, LITTLE);
        even0 =
            pairs
                .lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 3)
                .and(PLACES)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k), even0);
        odd0 =
            pairs
                .lanewise(VectorOperators.ASHR, 3)
                .and(PLACES)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + COUNT), odd0);
        pairs = IntVector.fromMemorySegment(INTS, band, row + 2 * (k + 2 * COUNT), LITTLE);
        even1 =
            pairs
                .lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 3)
                .and(PLACES)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + 2 * COUNT), even1);
        odd1 =
            pairs
                .lanewise(VectorOperators.ASHR, 3)
                .and(PLACES)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + 3 * COUNT), odd1);
      }
      if (k < columns) {
        IntVector pairs = IntVector.fromMemorySegment(INTS, band, row + 2 * k, LITTLE);
        even0 =
            pairs
                .lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 3)
                .and(PLACES)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k), even0);
        odd0 =
            pairs
                .lanewise(VectorOperators.ASHR, 3)
                .and(PLACES)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + COUNT), odd0);
      }
      out[outOffset + r] =
          INTO_SUM * even0.add(odd0).add(even1.add(odd1)).reduceLanes(VectorOperators.ADD);
    }
  }

  @Override
  public void dot(
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      float[] out,
      TokenPair pair,
      float[] scratch) {
    int x0 = pair.x0;
    int x1 = pair.x1;
    int to0 = pair.out0;
    int to1 = pair.out1;
    for (int r = 0; r < rowCount; r++) {
      int row = byteOffset + r * rowBytes;
      FloatVector evenA0 = FloatVector.zero(FLOATS);
      FloatVector evenB0 = FloatVector.zero(FLOATS);
      FloatVector oddA0 = FloatVector.zero(FLOATS);
      FloatVector oddB0 = FloatVector.zero(FLOATS);
      FloatVector evenA1 = FloatVector.zero(FLOATS);
      FloatVector evenB1 = FloatVector.zero(FLOATS);
      FloatVector oddA1 = FloatVector.zero(FLOATS);
      FloatVector oddB1 = FloatVector.zero(FLOATS);
      int k = 0;
      for (; k <= columns - 4 * COUNT; k += 4 * COUNT) {
        int k0 = x0 + k;
        int k1 = x1 + k;
        IntVector pairs = IntVector.fromMemorySegment(INTS, band, row + 2 * k, LITTLE);
        FloatVector w = low(pairs);
        evenA0 = w.fma(FloatVector.fromArray(FLOATS, x, k0), evenA0);
        evenA1 = w.fma(FloatVector.fromArray(FLOATS, x, k1), evenA1);
        w = high(pairs);
        oddA0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + COUNT), oddA0);
        oddA1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + COUNT), oddA1);
        pairs = IntVector.fromMemorySegment(INTS, band, row + 2 * (k + 2 * COUNT), LITTLE);
        w = low(pairs);
        evenB0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 2 * COUNT), evenB0);
        evenB1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 2 * COUNT), evenB1);
        w = high(pairs);
        oddB0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + 3 * COUNT), oddB0);
        oddB1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + 3 * COUNT), oddB1);
      }
      if (k < columns) {
        IntVector pairs = IntVector.fromMemorySegment(INTS, band, row + 2 * k, LITTLE);
        FloatVector w = low(pairs);
        evenA0 = w.fma(FloatVector.fromArray(FLOATS, x, x0 + k), evenA0);
        evenA1 = w.fma(FloatVector.fromArray(FLOATS, x, x1 + k), evenA1);
        w = high(pairs);
        oddA0 = w.fma(FloatVector.fromArray(FLOATS, x, x0 + k + COUNT), oddA0);
        oddA1 = w.fma(FloatVector.fromArray(FLOATS, x, x1 + k + COUNT), oddA1);
      }
      out[to0 + r] =
          INTO_SUM * evenA0.add(oddA0).add(evenB0.add(oddB0)).reduceLanes(VectorOperators.ADD);
      out[to1 + r] =
          INTO_SUM * evenA1.add(oddA1).add(evenB1.add(oddB1)).reduceLanes(VectorOperators.ADD);
    }
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    for (int k = 0; k < count; k += 2 * COUNT) {
      IntVector pairs =
          IntVector.fromMemorySegment(INTS, band, byteOffset + 2 * (column + k), LITTLE);
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
