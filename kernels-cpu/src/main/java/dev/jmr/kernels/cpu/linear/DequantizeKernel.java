package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.quant.BlockFormat;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Any tensor type, any number of columns: decodes a few blocks at a time with the type's reference code.
final class DequantizeKernel implements LinearKernel {
  /// Columns decoded at a time: a multiple of every block size.
  private static final int PIECE = 256;

  private final BlockFormat format;
  private final ActivationOrder order;

  DequantizeKernel(TensorType type) {
    format = type.format();
    order = ActivationOrder.natural(format.blockSize());
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
    for (int r = 0; r < rowCount; r++) {
      float sum = 0;
      for (int column = 0; column < columns; column += PIECE) {
        int count = Math.min(PIECE, columns - column);
        unpack(band, byteOffset + r * rowBytes, column, count, scratch, 0);
        sum += products(scratch, x, xOffset + column, count);
      }
      out[outOffset + r] = sum;
    }
  }

  private static float products(float[] weights, float[] x, int xOffset, int count) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int k = 0;
    for (; k <= count - COUNT; k += COUNT) {
      sum =
          FloatVector.fromArray(FLOATS, weights, k)
              .fma(FloatVector.fromArray(FLOATS, x, xOffset + k), sum);
    }
    float total = sum.reduceLanes(VectorOperators.ADD);
    for (; k < count; k++) {
      total = Math.fma(weights[k], x[xOffset + k], total);
    }
    return total;
  }

  @Override
  public void unpack(
      MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
    long start = byteOffset + (long) column / format.blockSize() * format.blockBytes();
    format.dequantize(band, start, tile, offset, count);
  }
}
