package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Q4_0: blocks of 18 bytes, a half-precision scale and 16 bytes of nibbles: the low ones are columns 0..15, the high
/// ones 16..31, each 8 too large. Columns in natural order.
///
/// Two vectors of bytes at a time: with 16 lanes two blocks, with fewer (a part of) one, whose scale is then loaded once.
final class Q4_0Kernel implements LinearKernel {
  private static final int BLOCK = 32;
  private static final int BLOCK_BYTES = 18;

  /// Vectors of packed bytes per block.
  private static final int STEPS = 16 / COUNT;

  private final ActivationOrder order = withExcess();

  /// A block's sum takes the excess of its nibbles away, a part with every two steps.
  private static ActivationOrder withExcess() {
    float[] factors = new float[BLOCK];
    Arrays.fill(factors, -8f * Math.min(1, 2f / STEPS));
    return ActivationOrder.natural(BLOCK).withSums(new int[] {0}, factors);
  }

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
    int steps = columns / (2 * COUNT);
    for (int r = 0; r < rowCount; r++) {
      int row = byteOffset + r * rowBytes;
      int sums = xOffset + columns;
      float common0 = 0;
      float common1 = 0;
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = FloatVector.zero(FLOATS);
      int i = 0;
      for (; i < steps - 1; i += 2) {
        int block0 = row + i / STEPS * BLOCK_BYTES;
        int from0 = block0 + 2 + i % STEPS * COUNT;
        int k0 = xOffset + i / STEPS * BLOCK + i % STEPS * COUNT;
        int block1 = STEPS == 1 ? block0 + BLOCK_BYTES : block0;
        int from1 = STEPS == 1 ? from0 + BLOCK_BYTES : from0 + COUNT;
        int k1 = STEPS == 1 ? k0 + BLOCK : k0 + COUNT;
        IntVector packed0 = Lanes.unsignedBytes(band, from0);
        IntVector packed1 = Lanes.unsignedBytes(band, from1);
        FloatVector part0 =
            Lanes.toFloats(packed0.and(0xF)).mul(FloatVector.fromArray(FLOATS, x, k0));
        FloatVector part1 =
            Lanes.toFloats(packed1.and(0xF)).mul(FloatVector.fromArray(FLOATS, x, k1));
        part0 =
            Lanes.toFloats(packed0.lanewise(VectorOperators.LSHR, 4))
                .fma(FloatVector.fromArray(FLOATS, x, k0 + 16), part0);
        part1 =
            Lanes.toFloats(packed1.lanewise(VectorOperators.LSHR, 4))
                .fma(FloatVector.fromArray(FLOATS, x, k1 + 16), part1);
        float scale0 = Lanes.half(band, block0);
        float scale1 = Lanes.half(band, block1);
        sum0 = part0.fma(FloatVector.broadcast(FLOATS, scale0), sum0);
        sum1 = part1.fma(FloatVector.broadcast(FLOATS, scale1), sum1);
        common0 = Math.fma(scale0, x[sums + i / STEPS], common0);
        if (STEPS == 1) {
          common1 = Math.fma(scale1, x[sums + i + 1], common1);
        }
      }
      if (i < steps) {
        int block = row + i / STEPS * BLOCK_BYTES;
        int k = xOffset + i / STEPS * BLOCK;
        IntVector packed = Lanes.unsignedBytes(band, block + 2);
        FloatVector part = Lanes.toFloats(packed.and(0xF)).mul(FloatVector.fromArray(FLOATS, x, k));
        part =
            Lanes.toFloats(packed.lanewise(VectorOperators.LSHR, 4))
                .fma(FloatVector.fromArray(FLOATS, x, k + 16), part);
        float scale = Lanes.half(band, block);
        sum0 = part.fma(FloatVector.broadcast(FLOATS, scale), sum0);
        common0 = Math.fma(scale, x[sums + i / STEPS], common0);
      }
      out[outOffset + r] = sum0.add(sum1).reduceLanes(VectorOperators.ADD) + common0 + common1;
    }
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
