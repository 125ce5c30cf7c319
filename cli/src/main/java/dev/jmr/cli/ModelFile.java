package dev.jmr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A `MODEL` that is the path of a GGUF file.
final class ModelFile {
  private ModelFile() {}

  /// The file that `model` names, looked at from outside only.
  ///
  /// @throws CliException if there is none, or it cannot be a model
  static Path of(String model) {
    Path path = path(model);
    if (!Files.exists(path)) {
      throw new CliException(missing(model));
    }
    if (Files.isDirectory(path)) {
      throw new CliException(model + ": expected a GGUF file, got a directory");
    }
    if (!Files.isReadable(path)) {
      throw new CliException(model + ": cannot be read; look at its permissions");
    }
    if (isEmpty(path)) {
      throw new CliException(model + ": expected a GGUF file, got an empty file");
    }
    return path;
  }

  private static Path path(String model) {
    try {
      return Path.of(model);
    } catch (InvalidPathException e) {
      throw new CliException(missing(model), e);
    }
  }

  private static boolean isEmpty(Path path) {
    try {
      return Files.isRegularFile(path) && Files.size(path) == 0;
    } catch (IOException e) {
      throw new CliException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static String missing(String model) {
    return model + ": no such file";
  }
}
