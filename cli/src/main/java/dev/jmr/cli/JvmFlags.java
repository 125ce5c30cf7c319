package dev.jmr.cli;

import dev.jmr.tensor.backend.BackendProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// The flags that a JVM needs to run JMR: the resource `jvm.flags`, which is also an `@argfile` of the `java` command.
final class JvmFlags {
  private static final String RESOURCE = "jvm.flags";

  private JvmFlags() {}

  /// What the backends that are installed need besides, and this JVM was started without: nothing, unless there are devices
  /// to reach.
  static List<String> missing(Map<String, String> environment) {
    return ServiceLoader.load(BackendProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .flatMap(provider -> provider.missingJvmFlags(environment).stream())
        .toList();
  }

  /// One flag each, without comments.
  static List<String> read() {
    try (InputStream in = JvmFlags.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new CliException(RESOURCE + ": expected it beside the classes, got nothing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }
}
