package dev.jmr.tensor.backend;

/// How to open a backend.
///
/// @param threads workers that compute, the caller of [Executable#run] included; 0 = the backend's own choice
public record BackendOptions(int threads) {
  public BackendOptions {
    if (threads < 0 || threads > 1024) {
      throw new IllegalArgumentException("threads: expected 0 (automatic) to 1024, got " + threads);
    }
  }

  /// Everything by the backend's own choice.
  public static BackendOptions automatic() {
    return new BackendOptions(0);
  }
}
