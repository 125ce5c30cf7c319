package dev.jmr.tensor.graph;

import dev.jmr.tensor.ShapeMismatchException;

/// A factor that grows with the position, by which queries of long contexts are sharpened:
/// `1 + scale · ln(1 + ⌊(position + offset) / length⌋)`. Source: llama.cpp `llm_graph_input_attn_temp`.
///
/// @param scale how fast it grows
/// @param length positions up to which it stays 1
/// @param offset added to the position
public record PositionTemperature(float scale, int length, int offset) {
  public PositionTemperature {
    if (length <= 0 || offset < 0 || !Float.isFinite(scale)) {
      throw new ShapeMismatchException(
          "position temperature: expected a positive length, an offset >= 0 and a finite scale, got %d, %d and %s"
              .formatted(length, offset, scale));
    }
  }

  /// The factor at `position`.
  public float at(int position) {
    int passed = (int) (((long) position + offset) / length);
    return (float) (1 + scale * Math.log1p(passed));
  }
}
