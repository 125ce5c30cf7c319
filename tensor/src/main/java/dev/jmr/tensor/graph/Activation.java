package dev.jmr.tensor.graph;

/// A nonlinear function of one number.
public enum Activation {
  /// `x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`. Source: ggml `ggml_gelu`, which looks it up in a table of halves.
  GELU,
  /// `(e^x - e^-x) / (e^x + e^-x)`. Source: ggml `ggml_tanh`.
  TANH
}
