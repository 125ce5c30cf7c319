package dev.jmr.server.llamaserver;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.ModelArtifact;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A JVM that loads a model, tells the id of the engine's process, and ends without closing the engine when its input ends.
final class EngineHolder {
  private EngineHolder() {}

  public static void main(String[] arguments) throws IOException {
    Engine engine =
        new LlamaServerProvider(
                Map.of(Installation.PATH, arguments[0], "XDG_STATE_HOME", arguments[2]))
            .load(new ModelArtifact(Path.of(arguments[1])), EngineOptions.defaults());
    String backend = engine.description().backend();
    System.out.println(backend.replaceAll(".*process ([0-9]+).*", "$1"));
    while (System.in.read() >= 0) {
      // Nothing is said; the end is waited for.
    }
    System.exit(0);
  }

  /// @param state the folder in which it remembers the process
  static Process start(Path program, Path model, Path state) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        Stream.of(
                Path.of("target", "classes").toAbsolutePath().toString(),
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""))
            .collect(Collectors.joining(File.pathSeparator));
    return new ProcessBuilder(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                EngineHolder.class.getName(),
                program.toString(),
                model.toAbsolutePath().toString(),
                state.toAbsolutePath().toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
