package dev.jmr.tensor.graph;

/// How a gate and what it gates become one number: the activation functions of gated linear units, under ggml's names.
public enum Glu {
  /// `silu(gate) · up` with `silu(x) = x / (1 + e^-x)`. Source: ggml `ggml_swiglu_split`.
  SWIGLU,
  /// `gelu(gate) · up` with the tanh form of [Activation#GELU]. Source: ggml `ggml_geglu_split`.
  GEGLU,
  /// `g / (1 + e^(-1.702 · g)) · (u + 1)` where `g = min(gate, 7)` and `u = up` clamped to `-7..7`, as gpt-oss has it.
  /// Source: ggml `ggml_swiglu_oai`.
  SWIGLU_OAI;

  /// `α` of [#SWIGLU_OAI].
  public static final float OAI_ALPHA = 1.702f;

  /// Where [#SWIGLU_OAI] cuts off.
  public static final float OAI_LIMIT = 7;
}
