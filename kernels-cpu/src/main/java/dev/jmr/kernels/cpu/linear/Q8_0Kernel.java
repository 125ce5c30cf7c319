package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Q8_0: blocks of 34 bytes, a half-precision scale and 32 signed bytes. Columns in natural order.
final class Q8_0Kernel extends RowPairKernel {
  private static final int BLOCK = 32;
  private static final int BLOCK_BYTES = 34;

  /// Steps of two vectors per block.
  private static final int STEPS = BLOCK / (2 * COUNT);

  private final ActivationOrder order = ActivationOrder.natural(BLOCK);

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
    int steps = columns / (2 * COUNT);
    for (int i = 0; i < steps; i++) {
      int block0 = first + i / STEPS * BLOCK_BYTES;
      int block1 = second + i / STEPS * BLOCK_BYTES;
      int at = 2 + i % STEPS * (2 * COUNT);
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, xOffset + i * (2 * COUNT));
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, xOffset + i * (2 * COUNT) + COUNT);
      FloatVector part0 = Lanes.toFloats(Lanes.signedBytes(band, block0 + at)).mul(x0);
      FloatVector part1 = Lanes.toFloats(Lanes.signedBytes(band, block1 + at)).mul(x0);
      part0 = Lanes.toFloats(Lanes.signedBytes(band, block0 + at + COUNT)).fma(x1, part0);
      part1 = Lanes.toFloats(Lanes.signedBytes(band, block1 + at + COUNT)).fma(x1, part1);
      sum0 = part0.fma(FloatVector.broadcast(FLOATS, Lanes.half(band, block0)), sum0);
      sum1 = part1.fma(FloatVector.broadcast(FLOATS, Lanes.half(band, block1)), sum1);
    }
    sums[0] = sum0.reduceLanes(VectorOperators.ADD);
    sums[1] = sum1.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    int start = byteOffset + column / BLOCK * BLOCK_BYTES;
    int vectors = count / COUNT;
    for (int i = 0; i < vectors; i++) {
      int block = start + i * COUNT / BLOCK * BLOCK_BYTES;
      Lanes.toFloats(Lanes.signedBytes(band, block + 2 + i * COUNT % BLOCK))
          .mul(Lanes.half(band, block))
          .intoArray(tile, offset + i * COUNT);
    }
  }
}
