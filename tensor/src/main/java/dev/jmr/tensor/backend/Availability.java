package dev.jmr.tensor.backend;

/// Whether a backend can run here, and why.
public sealed interface Availability {
  /// It can run here.
  ///
  /// @param detail what it would run on, such as `512-bit vectors`
  record Available(String detail) implements Availability {}

  /// It cannot run here.
  ///
  /// @param reason what is missing and how to get it, such as `TORNADOVM_HOME is not set`
  record Unavailable(String reason) implements Availability {}
}
