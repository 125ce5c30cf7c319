package dev.jmr.tensor.graph;

/// A result inside a graph: float32 activations of shape `[rows, width]`, where the number of rows is known per batch.
///
/// @param id position in [Graph#values]; unique in its graph
/// @param name what messages and listings call it, such as `blk.3.attn_q`
/// @param rows what decides the number of rows
/// @param width floats per row
public record Value(int id, String name, Rows rows, int width) {
  /// What a row stands for.
  public enum Rows {
    /// One row per token of the batch: `T`.
    TOKENS,
    /// One row per token whose logits were asked for.
    OUTPUTS
  }

  /// The value as `name[T, width]`, for messages and listings.
  @Override
  public String toString() {
    return name + (rows == Rows.TOKENS ? "[T, " : "[outputs, ") + width + "]";
  }
}
