package dev.jmr.tensor.backend;

/// Kinds of work that differ in what makes them fast.
public enum Workload {
  /// One token of one sequence per pass: bound by reading the weights.
  GENERATION,

  /// A handful of tokens per pass: short prompts, several sequences that are answered together.
  FEW_TOKENS,

  /// Hundreds of tokens per pass: bound by multiplying.
  PROMPT
}
