package dev.jmr.bench.kernels;

import dev.jmr.kernels.cpu.linear.LinearKernel;
import dev.jmr.kernels.cpu.linear.LinearKernels;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A matmul kernel over the rows of one weight, which are shared out among threads. One call computes all rows once.
///
/// The rows that are read go round in a ring: of as many bytes as the place has, whatever the number of results. Owns
/// the ring's memory.
final class LinearWork implements KernelWork {
  private static final long WEIGHT_SEED = 11;
  private static final long ACTIVATION_SEED = 12;

  private final TensorType type;
  private final int rows;
  private final int columns;
  private final int rowBytes;
  private final Arena arena = Arena.ofShared();
  private final List<Share> shares = new ArrayList<>();

  /// The work of a case with the kernel that the CPU backend would choose.
  ///
  /// All memory is of shared arenas, as a model's is: once a confined one has been used, C2 compiles the test for the
  /// thread that owns it into every kernel.
  static LinearWork of(KernelCase kernelCase, KernelShape.Matrix matrix, int threads) {
    TensorType type = kernelCase.type();
    Shape row = Shape.of(1, matrix.columns());
    try (Arena arena = Arena.ofShared()) {
      MemorySegment data = arena.allocate(type.byteSize(row));
      LinearKernel kernel = LinearKernels.of(new Tensor(matrix.name(), type, row, data));
      return new LinearWork(kernelCase, matrix, kernel, threads);
    }
  }

  LinearWork(KernelCase kernelCase, KernelShape.Matrix matrix, LinearKernel kernel, int threads) {
    this.type = kernelCase.type();
    this.rows = matrix.rows();
    this.columns = matrix.columns();
    this.rowBytes = columns / type.blockSize() * type.blockBytes();
    float[] x =
        Activations.random(Math.multiplyExact(kernelCase.tokens(), columns), ACTIVATION_SEED);
    RandomBlocks blocks = new RandomBlocks(type, WEIGHT_SEED);
    for (int i = 0; i < threads; i++) {
      int first = (int) ((long) rows * i / threads);
      int count = (int) ((long) rows * (i + 1) / threads) - first;
      LinearStep step =
          switch (kernelCase.family()) {
            case DOT -> new DotStep(kernel, columns, rowBytes, count, x);
            case PANEL -> new PanelStep(kernel, columns, rowBytes, count, kernelCase.tokens(), x);
            case UNPACK -> new UnpackStep(kernel, columns, rowBytes);
            case ATTENTION, ATTENTION_PROMPT, RMS_NORM, ROPE, SILU ->
                throw new IllegalArgumentException(kernelCase.toString());
          };
      shares.add(new Share(step, count, ring(kernelCase.place(), step, threads, blocks)));
    }
  }

  /// Encoded rows for one thread, a whole number of chunks.
  private MemorySegment ring(Place place, LinearStep step, int threads, RandomBlocks blocks) {
    long chunkBytes = (long) step.chunkRows() * rowBytes;
    long wanted = place == Place.CACHE ? place.bytes() : Math.ceilDiv(place.bytes(), threads);
    long chunks =
        place == Place.CACHE ? Math.max(1, wanted / chunkBytes) : Math.ceilDiv(wanted, chunkBytes);
    MemorySegment ring = arena.allocate(chunks * chunkBytes, 64);
    blocks.fill(ring);
    return ring;
  }

  @Override
  public void run(int times) {
    Shares.run(shares.size(), index -> shares.get(index).run(times));
  }

  @Override
  public void check() {
    shares.forEach(Share::check);
  }

  @Override
  public int callsPerRun() {
    return 1;
  }

  @Override
  public long bytesPerCall() {
    return (long) rows * rowBytes;
  }

  @Override
  public long flopsPerCall() {
    return rows * shares.getFirst().step.flopsPerRow();
  }

  @Override
  public void close() {
    arena.close();
  }

  /// What one thread does.
  private final class Share {
    private final LinearStep step;
    private final int rowCount;
    private final MemorySegment ring;
    private int position;

    Share(LinearStep step, int rowCount, MemorySegment ring) {
      this.step = step;
      this.rowCount = rowCount;
      this.ring = ring;
    }

    void run(int times) {
      for (int i = 0; i < times; i++) {
        for (int row = 0; row < rowCount; row += step.chunkRows()) {
          chunk(row);
        }
      }
    }

    /// Computes the results from `row` on with the next chunk of the ring.
    private void chunk(int row) {
      int count = Math.min(step.chunkRows(), rowCount - row);
      step.run(ring, position, count, row);
      position += step.chunkRows() * rowBytes;
      if (position >= ring.byteSize()) {
        position = 0;
      }
    }

    /// The first chunk and the last one, which may be shorter.
    void check() {
      if (rowCount == 0) {
        return;
      }
      int last = (rowCount - 1) / step.chunkRows() * step.chunkRows();
      checkChunk(0);
      checkChunk(last);
    }

    private void checkChunk(int row) {
      int at = position;
      chunk(row);
      float[] weights = new float[columns];
      for (int i = 0; i < Math.min(step.chunkRows(), rowCount - row); i++) {
        type.format().dequantize(ring, at + (long) i * rowBytes, weights, 0, columns);
        step.check(row + i, i, weights);
      }
    }
  }
}
