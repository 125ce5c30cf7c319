package dev.jmr.model.quantize;

import dev.jmr.gguf.Gguf;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/// Models among the test resources.
final class Fixture {
  private Fixture() {}

  static Gguf open(String resource) {
    URL url = Objects.requireNonNull(Fixture.class.getResource(resource), resource);
    try {
      return Gguf.open(Path.of(url.toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
