package dev.jmr.cli;

import java.util.Map;
import java.util.function.BooleanSupplier;

/// What every command is given: its streams, the variables of its environment, and whether `--verbose` was among the options
/// (known once these are parsed).
record Context(Streams streams, Map<String, String> environment, BooleanSupplier verboseOption) {
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
