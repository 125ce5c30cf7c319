package dev.jmr.model.quantize;

import dev.jmr.model.arch.ModelException;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;

/// Converts a few rows of a tensor at a time to another type; used again and again, by one thread at a time.
final class RowConversion implements Callable<Boolean> {
  private final Tensor tensor;
  private final TensorType type;
  private final int columns;
  private final int targetRowBytes;
  private final float[] values;
  private final byte[] bytes;
  private long firstRow;
  private int rows;

  /// @param maxRows the most rows that are converted at once
  RowConversion(Tensor tensor, TensorType type, int maxRows) {
    this.tensor = tensor;
    this.type = type;
    this.columns = Math.toIntExact(tensor.shape().columns());
    this.targetRowBytes = Math.toIntExact(type.byteSize(Shape.of(columns)));
    this.values = new float[Math.multiplyExact(maxRows, columns)];
    this.bytes = new byte[Math.multiplyExact(maxRows, targetRowBytes)];
  }

  /// Chooses the rows that [#call] converts; none is fine.
  void set(long from, long count) {
    firstRow = from;
    rows = (int) count;
  }

  int rows() {
    return rows;
  }

  /// The converted rows are at the beginning.
  byte[] bytes() {
    return bytes;
  }

  int byteCount() {
    return rows * targetRowBytes;
  }

  /// @throws ModelException if a weight is not a number or infinite
  @Override
  public Boolean call() {
    int count = rows * columns;
    long offset = firstRow * tensor.rowBytes();
    tensor.type().format().dequantize(tensor.data(), offset, values, 0, count);
    requireFinite(count);
    type.format().quantize(values, 0, MemorySegment.ofArray(bytes), 0, count);
    return true;
  }

  private void requireFinite(int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 0 * values[i];
    }
    if (sum != 0) {
      throw new ModelException(
          "tensor %s: expected finite weights, got one in rows %d to %d that is not; the file is damaged"
              .formatted(tensor.name(), firstRow, firstRow + rows - 1));
    }
  }
}
