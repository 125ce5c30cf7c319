package dev.jmr.tensor.reference;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.Value;
import dev.jmr.tensor.graph.Value.Rows;

/// One plain array per value, nothing shared: rows one after the other. Arrays grow with the largest batch seen.
final class Activations {
  private final float[][] arrays;
  private int tokens;
  private int outputs;

  Activations(Graph graph) {
    arrays = new float[graph.values().size()][0];
  }

  /// Sets how many rows values have from now on.
  void begin(Batch batch) {
    tokens = batch.tokenCount();
    outputs = batch.outputCount();
  }

  int rows(Value value) {
    return value.rows() == Rows.TOKENS ? tokens : outputs;
  }

  /// All elements of the value.
  int size(Value value) {
    return Math.multiplyExact(rows(value), value.width());
  }

  /// The value as an earlier operation wrote it.
  float[] read(Value value) {
    return arrays[value.id()];
  }

  /// The array to write the value to; what it holds is undefined.
  float[] write(Value value) {
    int size = size(value);
    if (arrays[value.id()].length < size) {
      arrays[value.id()] = new float[size];
    }
    return arrays[value.id()];
  }
}
