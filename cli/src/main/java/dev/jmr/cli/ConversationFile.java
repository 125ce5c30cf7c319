package dev.jmr.cli;

import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.chat.ChatMessage.Role;
import dev.jmr.model.chat.PlainJson;
import dev.jmr.runtime.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A conversation that is kept in a file, as `{"messages": […]}` of OpenAI's API: `jmr template --messages` reads it, too.
///
/// @param system what the model is told before it
/// @param messages what was said
record ConversationFile(Optional<String> system, List<ChatMessage> messages) {
  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}][\\p{Alnum} ._-]{0,99}");

  ConversationFile {
    messages = List.copyOf(messages);
  }

  /// Where `name` is kept: the file itself if it is a path or ends in `.json`, else one in the user's folder.
  ///
  /// @throws CliException if it cannot be the name of a file
  static Path path(String name, UserFolders folders) {
    if (name.contains("/") || name.endsWith(".json")) {
      return Attachments.path(name);
    }
    if (!NAME.matcher(name).matches()) {
      throw new CliException(
          "name: expected letters, digits, blanks and ._- , or the path of a file, got '%s'"
              .formatted(name));
    }
    return folders.state().resolve("conversations").resolve(name + ".json");
  }

  /// Reads one.
  ///
  /// @throws CliException if there is none, or it holds no conversation
  static ConversationFile read(Path file) {
    List<ChatMessage> all =
        ChatJson.read(TextFile.read(file.toString()), Map.of(), true).messages();
    boolean system = !all.isEmpty() && all.getFirst().role() == Role.SYSTEM;
    return system
        ? new ConversationFile(Optional.of(all.getFirst().content()), all.subList(1, all.size()))
        : new ConversationFile(Optional.empty(), all);
  }

  /// Writes it, for its owner to read; what was there before is replaced.
  ///
  /// @throws CliException if it cannot be written
  void write(Path file) {
    List<Object> all = new ArrayList<>();
    system.ifPresent(text -> all.add(Map.of("role", "system", "content", text)));
    messages.forEach(
        message -> all.add(Map.of("role", message.role().text(), "content", message.content())));
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      Files.writeString(file, PlainJson.write(Map.of("messages", all)) + "\n");
    } catch (IOException e) {
      throw new CliException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }
}
