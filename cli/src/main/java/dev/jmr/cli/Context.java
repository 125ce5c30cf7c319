package dev.jmr.cli;

import java.util.function.BooleanSupplier;

/// What every command is given: its streams, and whether `--verbose` was among the options (known once these are parsed).
record Context(Streams streams, BooleanSupplier verboseOption) {
  boolean verbose() {
    return verboseOption.getAsBoolean();
  }

  /// Writes a line to the error output if `--verbose` was given.
  void detail(String line) {
    if (verbose()) {
      streams.note(line);
    }
  }
}
