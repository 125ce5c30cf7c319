package dev.jmr.bench;

import java.nio.file.Path;

/// Finds the file of the model that a command line names.
@FunctionalInterface
public interface ModelLocator {
  /// Takes every name for a path.
  ModelLocator PATHS = Path::of;

  /// The GGUF file, or the first of its shards.
  ///
  /// @param model what the user wrote
  /// @throws RuntimeException with a message for the user if there is none
  /// @throws InterruptedException if interrupted while the model is fetched
  Path locate(String model) throws InterruptedException;
}
