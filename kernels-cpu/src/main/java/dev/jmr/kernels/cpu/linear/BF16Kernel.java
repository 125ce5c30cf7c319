package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

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
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k), even0);
        odd0 =
            pairs
                .and(0xFFFF0000)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + COUNT), odd0);
        pairs = IntVector.fromMemorySegment(INTS, band, row + 2 * (k + 2 * COUNT), LITTLE);
        even1 =
            pairs
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + 2 * COUNT), even1);
        odd1 =
            pairs
                .and(0xFFFF0000)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + 3 * COUNT), odd1);
      }
      if (k < columns) {
        IntVector pairs = IntVector.fromMemorySegment(INTS, band, row + 2 * k, LITTLE);
        even0 =
            pairs
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k), even0);
        odd0 =
            pairs
                .and(0xFFFF0000)
                .reinterpretAsFloats()
                .fma(FloatVector.fromArray(FLOATS, x, xOffset + k + COUNT), odd0);
      }
      out[outOffset + r] = even0.add(odd0).add(even1.add(odd1)).reduceLanes(VectorOperators.ADD);
    }
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    for (int k = 0; k < count; k += 2 * COUNT) {
      IntVector pairs =
          IntVector.fromMemorySegment(INTS, band, byteOffset + 2 * (column + k), LITTLE);
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
