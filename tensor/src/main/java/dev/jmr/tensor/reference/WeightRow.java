package dev.jmr.tensor.reference;

import dev.jmr.tensor.Tensor;

/// One row of a weight, decoded to floats: whatever the weight's type, this is all that the kernels here see of it.
final class WeightRow {
  private float[] row = new float[0];
  private int columns;

  /// Decodes row `index` of `weight`, all axes but the innermost counted together.
  void load(Tensor weight, long index) {
    columns = Math.toIntExact(weight.shape().columns());
    if (row.length < columns) {
      row = new float[columns];
    }
    weight.type().format().dequantize(weight.data(), index * weight.rowBytes(), row, 0, columns);
  }

  float get(int column) {
    return row[column];
  }

  /// The row times `columns` elements of `input` from `offset` on, accumulated in double.
  float dot(float[] input, int offset) {
    double sum = 0;
    for (int i = 0; i < columns; i++) {
      sum += (double) row[i] * input[offset + i];
    }
    return (float) sum;
  }

  void copyTo(float[] target, int offset) {
    System.arraycopy(row, 0, target, offset, columns);
  }
}
