package dev.jmr.server.llamaserver;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder with a program `llama-server` that runs a [FakeLlamaServer].
final class FakeInstallation {
  private FakeInstallation() {}

  /// A provider that runs the fake.
  ///
  /// @param folder for the program
  /// @param arguments for the fake
  static LlamaServerProvider provider(Path folder, String arguments) {
    return new LlamaServerProvider(environment(folder, arguments));
  }

  static Map<String, String> environment(Path folder, String arguments) {
    Map<String, String> environment = new HashMap<>();
    environment.put(Installation.PATH, program(folder).toString());
    environment.put(Installation.ARGUMENTS, arguments);
    environment.put("XDG_STATE_HOME", folder.toAbsolutePath().toString());
    return environment;
  }

  static Path program(Path folder) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String script =
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -Xshare:auto -cp '%s' %s \"$@\"\n"
            .formatted(java, classPath(), FakeLlamaServer.class.getName());
    try {
      Path file = Files.writeString(folder.resolve("llama-server"), script);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    return Stream.concat(
            Stream.of(Path.of("target", "test-classes")),
            FakeLlamaServer.needs().stream()
                .map(type ->
                    Path.of(
                        URI.create(
                            type.getProtectionDomain().getCodeSource().getLocation().toString()))))
        .map(path -> path.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
