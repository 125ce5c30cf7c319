package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.Lanes.COUNT;
import static dev.jmr.kernels.cpu.Lanes.FLOATS;

import dev.jmr.kernels.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Q8_0: blocks of 34 bytes, a half-precision scale and 32 signed bytes. Columns in natural order.
final class Q8_0Kernel implements LinearKernel {
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
    FloatVector sum = FloatVector.zero(FLOATS);
    int steps = columns / (2 * COUNT);
    for (int i = 0; i < steps; i++) {
      int block = row + i / STEPS * BLOCK_BYTES;
      int at = block + 2 + i % STEPS * (2 * COUNT);
      int k = xOffset + i * (2 * COUNT);
      FloatVector part =
          Lanes.toFloats(Lanes.signedBytes(band, at)).mul(FloatVector.fromArray(FLOATS, x, k));
      part =
          Lanes.toFloats(Lanes.signedBytes(band, at + COUNT))
              .fma(FloatVector.fromArray(FLOATS, x, k + COUNT), part);
      sum = part.fma(FloatVector.broadcast(FLOATS, Lanes.half(band, block)), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
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
