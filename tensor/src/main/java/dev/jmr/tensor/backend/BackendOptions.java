package dev.jmr.tensor.backend;

/// How to open a backend.
///
/// @param threads workers that compute, the caller of [Executable#run] included; 0 = the backend's own choice
/// @param profiled whether executables measure how long each operation takes, see [Executable#profile]; costs some speed
public record BackendOptions(int threads, boolean profiled) {
  public BackendOptions {
    if (threads < 0 || threads > 1024) {
      throw new IllegalArgumentException("threads: expected 0 (automatic) to 1024, got " + threads);
    }
  }

  /// So many threads, and nothing measured.
  public BackendOptions(int threads) {
    this(threads, false);
  }

  /// Everything by the backend's own choice.
  public static BackendOptions automatic() {
    return new BackendOptions(0);
  }
}
