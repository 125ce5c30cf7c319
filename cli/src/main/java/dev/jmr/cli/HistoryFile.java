package dev.jmr.cli;

import dev.jmr.runtime.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/// Where the chat keeps the lines of earlier chats: the folder for an application's state, readable by its owner only.
final class HistoryFile {
  private HistoryFile() {}

  /// The file, made if it is new; empty if it cannot be, since a chat is possible without.
  static Optional<Path> prepare() {
    Path file =
        path(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
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
    return UserFolders.of(environment, system, home).state().resolve("history");
  }
}
