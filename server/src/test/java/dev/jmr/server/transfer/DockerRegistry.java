package dev.jmr.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A real registry, Debian's `docker-registry`, on a loopback port.
final class DockerRegistry implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)");

  private final Process process;
  private final BufferedReader log;
  private final int port;

  private DockerRegistry(Process process) throws IOException {
    this.process = process;
    this.log = process.inputReader(UTF_8);
    this.port = listening();
    // So that its log never fills the pipe.
    Thread.ofVirtual().start(() -> log.lines().forEach(_ -> {}));
  }

  /// Where a program is, on the path or in `/usr/bin`.
  static Optional<Path> program(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of("/usr/bin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Starts the program.
  ///
  /// @param auth the section `auth` of its configuration, or nothing
  static DockerRegistry start(Path program, Path folder, String auth) throws IOException {
    Path config = folder.resolve("registry.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log:
          level: info
        storage:
          filesystem:
            rootdirectory: %s
        http:
          addr: 127.0.0.1:0
        %s
        """
            .formatted(folder.resolve("registry"), auth));
    return new DockerRegistry(
        new ProcessBuilder(program.toString(), "serve", config.toString())
            .redirectErrorStream(true)
            .start());
  }

  private int listening() throws IOException {
    StringBuilder said = new StringBuilder();
    String line;
    while ((line = log.readLine()) != null) {
      said.append(line).append('\n');
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IOException("docker-registry ended: " + said);
  }

  String registry() {
    return "127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
