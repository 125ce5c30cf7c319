package dev.jmr.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts of files that a message names as `@path`, or `@"a path"` where it has blanks.
final class Attachments {
  /// As large as a file may be: some 250,000 tokens.
  static final long MAX_BYTES = 1 << 20;

  private static final Pattern NAMED = Pattern.compile("(?<!\\S)@(?:\"([^\"\\n]+)\"|(\\S+))");
  private static final List<String> IMAGES = List.of(".jpg", ".jpeg", ".png", ".webp");

  private Attachments() {}

  /// The message, followed by the files that it names. What is no file stays as it is: people and decorators begin alike.
  ///
  /// @throws CliException if a file is no text, too large, or cannot be read
  static String addTo(String message) {
    StringBuilder files = new StringBuilder();
    Matcher matcher = NAMED.matcher(message);
    while (matcher.find()) {
      Optional<String> quoted = Optional.ofNullable(matcher.group(1));
      String name = quoted.orElseGet(() -> matcher.group(2));
      existing(name)
          .or(() -> existing(withoutPunctuation(name)))
          .ifPresent(file -> files.append("\n\n").append(block(file)));
    }
    return message + files;
  }

  private static String withoutPunctuation(String name) {
    return name.replaceAll("[.,;:!?)]+$", "");
  }

  private static Optional<Path> existing(String name) {
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(path(name)).filter(Files::exists);
    } catch (CliException _) {
      return Optional.empty();
    }
  }

  /// The path that `name` stands for; `~/` is the user's folder.
  ///
  /// @throws CliException if it cannot be one
  static Path path(String name) {
    try {
      return name.startsWith("~/")
          ? Path.of(System.getProperty("user.home"), name.substring(2))
          : Path.of(name);
    } catch (InvalidPathException e) {
      throw new CliException(name + ": no such file", e);
    }
  }

  private static String block(Path file) {
    return "%s:\n```\n%s\n```".formatted(file, text(file).stripTrailing());
  }

  private static String text(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (IMAGES.stream().anyMatch(name::endsWith)) {
      throw new CliException(
          "%s: expected a text, got an image; models cannot see images here yet".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new CliException(file + ": expected a text file, got something else");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CliException(
            "%s: expected at most %d bytes, got %d; name a part of it"
                .formatted(file, MAX_BYTES, Files.size(file)));
      }
      byte[] bytes = Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw new CliException(file + ": expected a text, got bytes that are none");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new CliException(file + ": expected a text in UTF-8, got bytes that are none", e);
    } catch (IOException e) {
      throw new CliException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
