package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Q4_0: blocks of 18 bytes, a half-precision scale and 16 bytes of nibbles: the low ones are columns 0..15, the high
/// ones 16..31, each 8 too large. Columns in natural order.
final class Q4_0Kernel extends RowPairKernel {
  private static final int BLOCK = 32;
  private static final int BLOCK_BYTES = 18;

  /// Vectors of packed bytes per block.
  private static final int STEPS = 16 / COUNT;

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
      int at = 2 + i % STEPS * COUNT;
      int k = xOffset + i / STEPS * BLOCK + i % STEPS * COUNT;
      FloatVector low = FloatVector.fromArray(FLOATS, x, k);
      FloatVector high = FloatVector.fromArray(FLOATS, x, k + 16);
      IntVector packed0 = Lanes.unsignedBytes(band, block0 + at);
      IntVector packed1 = Lanes.unsignedBytes(band, block1 + at);
      FloatVector part0 = Lanes.toFloats(packed0.and(0xF).sub(8)).mul(low);
      FloatVector part1 = Lanes.toFloats(packed1.and(0xF).sub(8)).mul(low);
      part0 = Lanes.toFloats(packed0.lanewise(VectorOperators.LSHR, 4).sub(8)).fma(high, part0);
      part1 = Lanes.toFloats(packed1.lanewise(VectorOperators.LSHR, 4).sub(8)).fma(high, part1);
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
    int steps = count / (2 * COUNT);
    for (int i = 0; i < steps; i++) {
      int block = start + i / STEPS * BLOCK_BYTES;
      int to = offset + i / STEPS * BLOCK + i % STEPS * COUNT;
      float scale = Lanes.half(band, block);
      IntVector packed = Lanes.unsignedBytes(band, block + 2 + i % STEPS * COUNT);
      Lanes.toFloats(packed.and(0xF).sub(8)).mul(scale).intoArray(tile, to);
      Lanes.toFloats(packed.lanewise(VectorOperators.LSHR, 4).sub(8))
          .mul(scale)
          .intoArray(tile, to + 16);
    }
  }
}
