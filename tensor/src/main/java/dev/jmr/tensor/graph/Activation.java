package dev.jmr.tensor.graph;

/// A nonlinear function of one number.
public enum Activation {
  /// `x / (1 + e^-x)`. Source: ggml `ggml_silu`.
  SILU
}
