package dev.jmr.tensor.reference;

import dev.jmr.tensor.graph.RopeTable;

/// Rotates pairs of elements by their token's position. Source: ggml `ggml_compute_forward_rope`.
final class ReferenceRope {
  private ReferenceRope() {}

  /// Rotates the head whose `table.headSize` elements start at `offset`, from `input` to `output`.
  static void rotate(RopeTable table, int position, float[] input, float[] output, int offset) {
    System.arraycopy(input, offset, output, offset, table.headSize());
    for (int i = 0; i < table.pairCount(); i++) {
      int first = offset + first(table, i);
      int second = offset + second(table, i);
      double angle = (double) position * table.frequency(i);
      double cos = Math.cos(angle) * table.magnitude();
      double sin = Math.sin(angle) * table.magnitude();
      output[first] = (float) (input[first] * cos - input[second] * sin);
      output[second] = (float) (input[first] * sin + input[second] * cos);
    }
  }

  private static int first(RopeTable table, int pair) {
    return switch (table.pairing()) {
      case INTERLEAVED -> 2 * pair;
      case HALVES -> pair;
    };
  }

  private static int second(RopeTable table, int pair) {
    return switch (table.pairing()) {
      case INTERLEAVED -> 2 * pair + 1;
      case HALVES -> pair + table.pairCount();
    };
  }
}
