package dev.jmr.bench.run;

/// How closely to look at where the time goes.
public enum Profiling {
  /// Not at all: nothing is measured inside a forward pass.
  OFF,
  /// Blocks together.
  BLOCKS,
  /// Each operation of each block.
  EACH
}
