package dev.jmr.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A file of text on a command line, or the standard input as `-`.
final class TextFile {
  private static final long MAX_BYTES = 1 << 30;

  private TextFile() {}

  /// What is in it, read as UTF-8; bytes that are none become U+FFFD.
  ///
  /// @throws CliException if there is no such file, nothing in it, or too much
  static String read(String file, Streams streams) {
    String text = file.equals("-") ? streams.readAll() : read(file);
    if (text.isEmpty()) {
      throw new CliException(
          "%s: expected a text, got nothing".formatted(file.equals("-") ? "standard input" : file));
    }
    return text;
  }

  /// What is in a file.
  static String read(String file) {
    Path path = path(file);
    if (!Files.exists(path)) {
      throw new CliException(file + ": no such file");
    }
    if (Files.isDirectory(path)) {
      throw new CliException(file + ": expected a text file, got a directory");
    }
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new CliException(
            "%s: expected a text of at most %d bytes, got %d"
                .formatted(file, MAX_BYTES, Files.size(path)));
      }
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CliException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new CliException(file + ": no such file", e);
    }
  }
}
