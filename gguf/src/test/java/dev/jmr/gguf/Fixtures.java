package dev.jmr.gguf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Model files to test with: the ones in the test resources, and the larger ones that lie outside of the project.
final class Fixtures {
  static final List<String> NAMES =
      List.of("tiny-llama-spm-f16.gguf", "tinyq-llama-Q4_K_M.gguf", "tiny-llama3-bpe.gguf");

  private Fixtures() {}

  static Path path(String name) {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A folder of the shared fixtures: below `JMR_SHARED`, or beside the repository.
  static Optional<Path> shared(String folder) {
    String configured = System.getenv("JMR_SHARED");
    return Stream.of(configured == null ? "../../shared" : configured)
        .map(root -> Path.of(root, "fixtures", folder))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
