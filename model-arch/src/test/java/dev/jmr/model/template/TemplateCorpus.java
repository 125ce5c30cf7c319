package dev.jmr.model.template;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Real templates and what they render. These are others' data, read in place: beside the repository, or where the
/// environment variable `JMR_SHARED` says.
final class TemplateCorpus {
  private TemplateCorpus() {}

  /// Skips the test where there is no corpus.
  static void assumeThere() {
    assumeTrue(
        isThere(),
        "no shared/fixtures/templates beside the repository, and JMR_SHARED does not name its folder");
  }

  static boolean isThere() {
    return Files.isDirectory(folder());
  }

  private static Path folder() {
    return Stream.of(System.getenv("JMR_SHARED"), "../shared", "../../shared")
        .filter(Objects::nonNull)
        .map(shared -> Path.of(shared, "fixtures", "templates"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(Path.of("absent"));
  }

  static List<String> models() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jinja"))
          .map(name -> name.substring(0, name.length() - ".jinja".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String source(String model) {
    return read(model + ".jinja");
  }

  static Map<String, Object> cases() {
    return JsonText.object(read("cases.json"));
  }

  static Map<String, Object> expected(String model) {
    return JsonText.object(read(model + ".expected.json"));
  }

  private static String read(String name) {
    try {
      return Files.readString(folder().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
