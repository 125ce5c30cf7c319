package dev.jmr.server.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Starts [StoreWorker]s in Java machines of their own.
final class StoreProcesses {
  private StoreProcesses() {}

  static Process start(Path store, long seed, long millis) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Xshare:auto",
                "-cp",
                classPath(),
                StoreWorker.class.getName(),
                store.toString(),
                Long.toString(seed),
                Long.toString(millis)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// The tests' classes lie beside those of the module, which the module system shows as one.
  private static String classPath() {
    return Stream.concat(
            Stream.of(Path.of("target", "classes"), Path.of("target", "test-classes")),
            Stream.of(ObjectMapper.class, JsonFactory.class, JsonInclude.class)
                .map(StoreProcesses::origin))
        .map(path -> path.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path origin(Class<?> type) {
    return Path.of(
        java.net.URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
