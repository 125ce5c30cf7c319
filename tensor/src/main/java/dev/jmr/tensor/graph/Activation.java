package dev.jmr.tensor.graph;

/// A nonlinear function of one number.
public enum Activation {
  /// `x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`. Source: ggml `ggml_gelu`, which looks it up in a table of halves.
  GELU,
  /// `(e^x - e^-x) / (e^x + e^-x)`. Source: ggml `ggml_tanh`.
  TANH,
  /// `1 / (1 + e^-x)`. Source: ggml `ggml_sigmoid`.
  SIGMOID,
  /// `max(x, 0)²`. Source: llama.cpp `LLM_FFN_RELU_SQR`.
  RELU_SQR
}
