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
final class Q4_0Kernel extends RowKernel {
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
  float product(MemorySegment band, int row, int columns, float[] x, int xOffset) {
    return rowProduct(band, row, columns, x, xOffset);
  }

  private static float rowProduct(MemorySegment band, int row, int columns, float[] x, int at) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int steps = columns / (2 * COUNT);
    for (int i = 0; i < steps; i++) {
      int block = row + i / STEPS * BLOCK_BYTES;
      int k = at + i / STEPS * BLOCK + i % STEPS * COUNT;
      IntVector packed = Lanes.unsignedBytes(band, block + 2 + i % STEPS * COUNT);
      FloatVector scale = FloatVector.broadcast(FLOATS, Lanes.half(band, block));
      FloatVector part =
          Lanes.toFloats(packed.and(0xF).sub(8)).mul(FloatVector.fromArray(FLOATS, x, k));
      part =
          Lanes.toFloats(packed.lanewise(VectorOperators.LSHR, 4).sub(8))
              .fma(FloatVector.fromArray(FLOATS, x, k + 16), part);
      sum = part.fma(scale, sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
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
