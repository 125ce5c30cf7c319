package dev.jmr.model.quantize;

import dev.jmr.gguf.TensorSource;
import dev.jmr.tensor.Tensor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/// The data of a tensor in another type, converted by several threads while it is written.
final class ConvertedRows implements TensorSource {
  private static final long CHUNK_ELEMENTS = 1 << 16;
  private static final int CHUNKS_PER_THREAD = 4;

  private final TypePlan.Assignment assignment;
  private final ExecutorService workers;
  private final int threads;
  private final LongConsumer progress;

  /// @param progress told how many bytes of the tensor are converted
  ConvertedRows(
      TypePlan.Assignment assignment, ExecutorService workers, int threads, LongConsumer progress) {
    this.assignment = assignment;
    this.workers = workers;
    this.threads = threads;
    this.progress = progress;
  }

  @Override
  public void writeTo(WritableByteChannel channel) throws IOException {
    Tensor tensor = assignment.tensor();
    long rows = tensor.shape().rows();
    long chunkRows = Math.clamp(CHUNK_ELEMENTS / tensor.shape().columns(), 1, rows);
    List<RowConversion> chunks = new ArrayList<>();
    for (int i = 0; i < threads * CHUNKS_PER_THREAD && i * chunkRows < rows; i++) {
      chunks.add(new RowConversion(tensor, assignment.type(), (int) chunkRows));
    }
    long row = 0;
    while (row < rows) {
      for (RowConversion chunk : chunks) {
        chunk.set(row, Math.min(chunkRows, rows - row));
        row += chunk.rows();
      }
      convert(chunks);
      for (RowConversion chunk : chunks) {
        channel.write(ByteBuffer.wrap(chunk.bytes(), 0, chunk.byteCount()));
      }
      progress.accept(row * tensor.rowBytes());
    }
  }

  private void convert(List<RowConversion> chunks) throws IOException {
    try {
      for (Future<?> chunk : workers.invokeAll(chunks)) {
        chunk.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("quantizing was interrupted");
    }
  }
}
