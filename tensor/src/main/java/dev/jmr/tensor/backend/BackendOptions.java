package dev.jmr.tensor.backend;

import dev.jmr.tensor.DeviceOptions;
import java.util.Map;

/// How to open a backend.
///
/// @param threads workers that compute, the caller of [Executable#run] included; 0 = the backend's own choice
/// @param profiled whether executables measure how long each operation takes, see [Executable#profile]; costs some speed
/// @param settings values of [BackendProvider#settings] by name; the others have their standard
/// @param device for a backend that has devices: which of them, and how much of it
public record BackendOptions(
    int threads, boolean profiled, Map<String, Integer> settings, DeviceOptions device) {
  public BackendOptions {
    if (threads < 0 || threads > 1024) {
      throw new IllegalArgumentException("threads: expected 0 (automatic) to 1024, got " + threads);
    }
    settings = Map.copyOf(settings);
  }

  /// No device in particular.
  public BackendOptions(int threads, boolean profiled, Map<String, Integer> settings) {
    this(threads, profiled, settings, DeviceOptions.NONE);
  }

  /// So many threads, and nothing measured.
  public BackendOptions(int threads) {
    this(threads, false);
  }

  /// So many threads, all settings at their standard.
  public BackendOptions(int threads, boolean profiled) {
    this(threads, profiled, Map.of());
  }

  /// Everything by the backend's own choice.
  public static BackendOptions automatic() {
    return new BackendOptions(0);
  }
}
