package dev.jmr.cli;

import dev.jmr.runtime.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/// Where the chat keeps the lines of earlier chats, readable by its owner only: Docker Model Runner's own file where that has
/// a folder, else the folder for an application's state.
final class HistoryFile {
  private HistoryFile() {}

  /// The file, made if it is new; empty if it cannot be, since a chat is possible without, or if `DOCKER_MODEL_NOHISTORY`
  /// says that nothing is to be kept.
  static Optional<Path> prepare(Map<String, String> environment) {
    if (!environment.getOrDefault("DOCKER_MODEL_NOHISTORY", "").isEmpty()) {
      return Optional.empty();
    }
    Path file = path(environment, System.getProperty("os.name"), System.getProperty("user.home"));
    try {
      Files.createDirectories(file.getParent());
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      return Optional.of(file);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Path path(Map<String, String> environment, String system, String home) {
    String config = environment.getOrDefault("DOCKER_CONFIG", "");
    Path docker = (config.isEmpty() ? Path.of(home, ".docker") : Path.of(config)).resolve("model");
    return Files.isDirectory(docker)
        ? docker.resolve("history")
        : UserFolders.of(environment, system, home).state().resolve("history");
  }
}
