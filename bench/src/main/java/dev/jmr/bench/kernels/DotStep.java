package dev.jmr.bench.kernels;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.kernels.cpu.linear.ActivationOrder;
import dev.jmr.kernels.cpu.linear.LinearKernel;
import java.lang.foreign.MemorySegment;

/// The dot form: chunks of about 64 KiB times one packed row of activations.
final class DotStep implements LinearStep {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final LinearKernel kernel;
  private final int columns;
  private final int rowBytes;
  private final float[] x;
  private final float[] packed;
  private final float[] out;
  private final float[] scratch = Activations.room(LinearKernel.SCRATCH);

  /// @param rows results at most
  DotStep(LinearKernel kernel, int columns, int rowBytes, int rows, float[] x) {
    this.kernel = kernel;
    this.columns = columns;
    this.rowBytes = rowBytes;
    this.x = x;
    ActivationOrder order = kernel.order();
    packed = Activations.room(PAD + order.packedLength(columns));
    order.pack(x, 0, columns, 0, columns / order.blockLength(), packed, PAD);
    out = Activations.room(PAD + rows);
  }

  @Override
  public int chunkRows() {
    return Math.clamp(CHUNK_BYTES / rowBytes, 4, 256);
  }

  @Override
  public void run(MemorySegment band, int byteOffset, int rowCount, int row) {
    kernel.dot(band, byteOffset, rowBytes, rowCount, columns, packed, PAD, out, PAD + row, scratch);
  }

  @Override
  public void check(int row, int index, float[] weights) {
    Agreement.requireProducts("dot row " + row, out[PAD + row], weights, x, 0);
  }

  @Override
  public long flopsPerRow() {
    return 2L * columns;
  }
}
