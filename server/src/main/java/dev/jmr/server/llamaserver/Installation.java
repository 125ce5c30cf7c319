package dev.jmr.server.llamaserver;

import dev.jmr.runtime.EngineException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the user's `llama-server` is, and how the user wants it to be started. Names and meanings are Docker Model Runner's.
///
/// @param program the executable file
/// @param arguments that it is given after ours
record Installation(Path program, List<String> arguments) {
  /// A file, or a folder that holds it.
  static final String PATH = "LLAMA_SERVER_PATH";

  /// Further arguments, quoted as for a shell.
  static final String ARGUMENTS = "LLAMA_ARGS";

  private static final String NAME = "llama-server";

  /// What [CommandLine] says, and what would open the process to others.
  private static final Set<String> FORBIDDEN =
      Set.of(
          "--model",
          "-m",
          "--host",
          "--port",
          "--embeddings",
          "--embedding",
          "--mmproj",
          "-mm",
          "--api-key",
          "--api-key-file");

  /// The one that these variables tell of.
  ///
  /// @throws EngineException if there is none, or it cannot be used: the message says why
  static Installation of(Map<String, String> environment) {
    String place = plain(environment.getOrDefault(PATH, ""));
    if (place.isEmpty()) {
      throw new EngineException(
          PATH + " is not set; set it to llama.cpp's llama-server to have models run by it");
    }
    Path program = program(place);
    List<String> arguments = ShellWords.split(plain(environment.getOrDefault(ARGUMENTS, "")));
    refuse(ARGUMENTS, arguments);
    return new Installation(program, arguments);
  }

  /// @param what they are called
  /// @throws EngineException if one of them is ours to give
  static void refuse(String what, List<String> arguments) {
    for (String argument : arguments) {
      String name = argument.split("=", 2)[0];
      if (FORBIDDEN.contains(name)) {
        throw new EngineException(
            "%s: expected none of the arguments that are given anyway, got %s; leave it out"
                .formatted(what, name));
      }
    }
  }

  /// Without the blanks and quotes around it that come from files of variables.
  private static String plain(String value) {
    String text = value.strip();
    boolean quoted =
        text.length() > 1
            && (text.startsWith("\"") || text.startsWith("'"))
            && text.charAt(0) == text.charAt(text.length() - 1)
            && text.indexOf(text.charAt(0), 1) == text.length() - 1;
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }

  private static Path program(String place) {
    Path path;
    try {
      path = Path.of(place).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new EngineException("%s: expected a path, got '%s'".formatted(PATH, place), e);
    }
    Path file = Files.isDirectory(path) ? path.resolve(fileName()) : path;
    if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
      throw new EngineException(
          "%s: expected a program llama-server or a folder that holds it, got '%s', where there is none that can be run"
              .formatted(PATH, place));
    }
    return file;
  }

  private static String fileName() {
    boolean windows =
        Optional.ofNullable(System.getProperty("os.name"))
            .map(system -> system.toLowerCase(Locale.ROOT).startsWith("windows"))
            .orElse(false);
    return windows ? NAME + ".exe" : NAME;
  }
}
