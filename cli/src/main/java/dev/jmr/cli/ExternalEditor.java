package dev.jmr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jline.keymap.KeyMap;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;

/// Writes a message in the user's own editor: Ctrl-X takes the line there, and brings back what was written.
final class ExternalEditor {
  private static final String WIDGET = "jmr-edit";
  private static final String KEY = KeyMap.ctrl('X');

  private final String command;
  private boolean wanted;

  /// The editor that the environment names: `VISUAL`, else `EDITOR`, else `vi`.
  ExternalEditor(Map<String, String> environment) {
    this.command =
        Stream.of("VISUAL", "EDITOR")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(value -> !value.isBlank())
            .findFirst()
            .orElse("vi");
  }

  /// Lets Ctrl-X end the line for [#read] to open the editor.
  void bind(LineReader reader) {
    reader
        .getWidgets()
        .put(
            WIDGET,
            () -> {
              wanted = true;
              reader.callWidget(LineReader.ACCEPT_LINE);
              return true;
            });
    KeyMap<org.jline.reader.Binding> keys =
        Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN));
    // What begins with the same key would have us wait for a second one.
    List.copyOf(keys.getBoundKeys().keySet()).stream()
        .filter(sequence -> sequence.startsWith(KEY))
        .forEach(keys::unbind);
    keys.bind(new Reference(WIDGET), KEY);
  }

  /// Reads a line, be it typed or written in the editor.
  String read(LineReader reader, String prompt) {
    String line = reader.readLine(prompt);
    while (wanted) {
      wanted = false;
      line = reader.readLine(prompt, null, edit(line).orElse(line));
    }
    return line;
  }

  /// What became of a text; empty if there is no editor to be had.
  private Optional<String> edit(String text) {
    try {
      Path file = Files.createTempFile("jmr-", ".md");
      try {
        Files.writeString(file, text);
        int code =
            new ProcessBuilder("/bin/sh", "-c", command + " \"$1\"", "sh", file.toString())
                .inheritIO()
                .start()
                .waitFor();
        return code == 0 ? Optional.of(Files.readString(file).stripTrailing()) : Optional.empty();
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserInterruptException(text);
    }
  }
}
