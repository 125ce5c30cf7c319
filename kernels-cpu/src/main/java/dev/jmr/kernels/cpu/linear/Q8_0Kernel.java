package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Q8_0: blocks of 34 bytes, a half-precision scale and 32 signed bytes. Columns in natural order.
///
/// Two steps at a time: with 16 lanes two blocks, with fewer (a part of) one, whose scale is then loaded once.
final class Q8_0Kernel implements LinearKernel {
  private static final int BLOCK = 32;
  private static final int BLOCK_BYTES = 34;

  /// Columns of a step, two vectors, and the steps of a block.
  private static final int STEP = 2 * COUNT;

  private static final int STEPS = BLOCK / STEP;

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
    int steps = columns / STEP;
    for (int r = 0; r < rowCount; r++) {
      int row = byteOffset + r * rowBytes;
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = FloatVector.zero(FLOATS);
      int i = 0;
      for (; i < steps - 1; i += 2) {
        int block0 = row + i / STEPS * BLOCK_BYTES;
        int from0 = block0 + 2 + i % STEPS * STEP;
        int block1 = STEPS == 1 ? block0 + BLOCK_BYTES : block0;
        int from1 = STEPS == 1 ? from0 + BLOCK_BYTES : from0 + STEP;
        int k = xOffset + i * STEP;
        FloatVector part0 =
            Lanes.toFloats(Lanes.signedBytes(band, from0)).mul(FloatVector.fromArray(FLOATS, x, k));
        FloatVector part1 =
            Lanes.toFloats(Lanes.signedBytes(band, from1))
                .mul(FloatVector.fromArray(FLOATS, x, k + STEP));
        part0 =
            Lanes.toFloats(Lanes.signedBytes(band, from0 + COUNT))
                .fma(FloatVector.fromArray(FLOATS, x, k + COUNT), part0);
        part1 =
            Lanes.toFloats(Lanes.signedBytes(band, from1 + COUNT))
                .fma(FloatVector.fromArray(FLOATS, x, k + STEP + COUNT), part1);
        sum0 = part0.fma(FloatVector.broadcast(FLOATS, Lanes.half(band, block0)), sum0);
        sum1 = part1.fma(FloatVector.broadcast(FLOATS, Lanes.half(band, block1)), sum1);
      }
      if (i < steps) {
        int block = row + i / STEPS * BLOCK_BYTES;
        int from = block + 2 + i % STEPS * STEP;
        int k = xOffset + i * STEP;
        FloatVector part =
            Lanes.toFloats(Lanes.signedBytes(band, from)).mul(FloatVector.fromArray(FLOATS, x, k));
        part =
            Lanes.toFloats(Lanes.signedBytes(band, from + COUNT))
                .fma(FloatVector.fromArray(FLOATS, x, k + COUNT), part);
        sum0 = part.fma(FloatVector.broadcast(FLOATS, Lanes.half(band, block)), sum0);
      }
      out[outOffset + r] = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
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
    int steps = columns / STEP;
    int x0 = pair.x0;
    int x1 = pair.x1;
    int to0 = pair.out0;
    int to1 = pair.out1;
    for (int r = 0; r < rowCount; r++) {
      int row = byteOffset + r * rowBytes;
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector b0 = FloatVector.zero(FLOATS);
      FloatVector b1 = FloatVector.zero(FLOATS);
      int i = 0;
      for (; i < steps - 1; i += 2) {
        int block0 = row + i / STEPS * BLOCK_BYTES;
        int from0 = block0 + 2 + i % STEPS * STEP;
        int block1 = STEPS == 1 ? block0 + BLOCK_BYTES : block0;
        int from1 = STEPS == 1 ? from0 + BLOCK_BYTES : from0 + STEP;
        int k0 = x0 + i * STEP;
        int k1 = x1 + i * STEP;
        FloatVector w = Lanes.toFloats(Lanes.signedBytes(band, from0));
        FloatVector part0 = w.mul(FloatVector.fromArray(FLOATS, x, k0));
        FloatVector part1 = w.mul(FloatVector.fromArray(FLOATS, x, k1));
        w = Lanes.toFloats(Lanes.signedBytes(band, from0 + COUNT));
        part0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + COUNT), part0);
        part1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + COUNT), part1);
        FloatVector scale = FloatVector.broadcast(FLOATS, Lanes.half(band, block0));
        a0 = part0.fma(scale, a0);
        a1 = part1.fma(scale, a1);
        w = Lanes.toFloats(Lanes.signedBytes(band, from1));
        part0 = w.mul(FloatVector.fromArray(FLOATS, x, k0 + STEP));
        part1 = w.mul(FloatVector.fromArray(FLOATS, x, k1 + STEP));
        w = Lanes.toFloats(Lanes.signedBytes(band, from1 + COUNT));
        part0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + STEP + COUNT), part0);
        part1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + STEP + COUNT), part1);
        scale = FloatVector.broadcast(FLOATS, Lanes.half(band, block1));
        b0 = part0.fma(scale, b0);
        b1 = part1.fma(scale, b1);
      }
      if (i < steps) {
        int block = row + i / STEPS * BLOCK_BYTES;
        int from = block + 2 + i % STEPS * STEP;
        int k0 = x0 + i * STEP;
        int k1 = x1 + i * STEP;
        FloatVector w = Lanes.toFloats(Lanes.signedBytes(band, from));
        FloatVector part0 = w.mul(FloatVector.fromArray(FLOATS, x, k0));
        FloatVector part1 = w.mul(FloatVector.fromArray(FLOATS, x, k1));
        w = Lanes.toFloats(Lanes.signedBytes(band, from + COUNT));
        part0 = w.fma(FloatVector.fromArray(FLOATS, x, k0 + COUNT), part0);
        part1 = w.fma(FloatVector.fromArray(FLOATS, x, k1 + COUNT), part1);
        FloatVector scale = FloatVector.broadcast(FLOATS, Lanes.half(band, block));
        a0 = part0.fma(scale, a0);
        a1 = part1.fma(scale, a1);
      }
      out[to0 + r] = a0.add(b0).reduceLanes(VectorOperators.ADD);
      out[to1 + r] = a1.add(b1).reduceLanes(VectorOperators.ADD);
    }
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
