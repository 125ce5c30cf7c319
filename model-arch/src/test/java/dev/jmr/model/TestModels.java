package dev.jmr.model;

import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The small models among the test resources, each with golden results, and the backends to run them on.
public final class TestModels {
  private TestModels() {}

  /// Every backend that is installed and can run here.
  public static List<BackendProvider> backends() {
    return Backends.candidates().stream()
        .filter(candidate -> candidate.availability() instanceof Availability.Available)
        .map(Backends.Candidate::provider)
        .toList();
  }

  /// The names of the models that generate text.
  public static List<String> generators() {
    return names().stream()
        .filter(name -> text("/models/" + name + ".json").contains("\"prompt_ids\""))
        .toList();
  }

  /// The names of all models, without the ending.
  public static List<String> names() {
    try (Stream<Path> files = Files.list(path("tiny-llama-spm").getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".gguf"))
          .map(name -> name.substring(0, name.length() - ".gguf".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path path(String name) {
    return resource("/models/" + name + ".gguf");
  }

  public static GoldenResults golden(String name) {
    return GoldenResults.parse(text("/models/" + name + ".json"));
  }

  /// A resource as text.
  public static String text(String resource) {
    try {
      return Files.readString(resource(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path resource(String name) {
    URL url = Objects.requireNonNull(TestModels.class.getResource(name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
