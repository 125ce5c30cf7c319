package dev.jmr.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes commands, their arguments, and the paths of files to be included.
final class ChatCompleter implements Completer {
  private static final int MAX_FILES = 200;

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String word = line.word().substring(0, line.wordCursor());
    if (word.startsWith("@")) {
      addFiles(word.substring(1), candidates);
    } else if (line.wordIndex() == 0) {
      add(word.startsWith("/") ? ChatCommands.NAMES : List.of(), candidates);
    } else if (line.wordIndex() == 1) {
      add(ChatCommands.arguments(line.words().getFirst()), candidates);
    }
  }

  private static void add(List<String> words, List<Candidate> candidates) {
    words.forEach(word -> candidates.add(new Candidate(word)));
  }

  private static void addFiles(String begun, List<Candidate> candidates) {
    String folder = begun.substring(0, begun.lastIndexOf('/') + 1);
    try (Stream<Path> files = Files.list(Attachments.path(folder.isEmpty() ? "." : folder))) {
      files
          .sorted()
          .filter(
              file -> file.getFileName().toString().startsWith(begun.substring(folder.length())))
          .limit(MAX_FILES)
          .forEach(file -> candidates.add(candidate(folder, file)));
    } catch (IOException | UncheckedIOException | InvalidPathException | CliException _) {
      // Nothing to suggest there.
    }
  }

  private static Candidate candidate(String folder, Path file) {
    boolean inside = Files.isDirectory(file);
    String name = file.getFileName().toString();
    String value = "@" + folder + name + (inside ? "/" : "");
    return new Candidate(value, name, null, null, null, null, !inside);
  }
}
