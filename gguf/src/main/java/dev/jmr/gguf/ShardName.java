package dev.jmr.gguf;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a file of a sharded model, `<prefix>-00001-of-00003.gguf`. Source: llama.cpp `llama_split_path`.
///
/// @param index of the shard, from 0 (its name counts from 1)
public record ShardName(String prefix, int index, int count) {
  private static final Pattern PATTERN = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");

  /// The name that this file has; empty if it is not that of a shard.
  public static Optional<ShardName> of(Path path) {
    return of(String.valueOf(path.getFileName()));
  }

  /// The name that this text is; empty if it is not that of a shard.
  ///
  /// @param fileName without folders, or with them: then they are part of the prefix
  public static Optional<ShardName> of(String fileName) {
    Matcher matcher = PATTERN.matcher(fileName);
    return matcher.matches()
        ? Optional.of(
            new ShardName(
                matcher.group(1),
                Integer.parseInt(matcher.group(2)) - 1,
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /// The name of another shard of the same model.
  public ShardName withIndex(int other) {
    return new ShardName(prefix, other, count);
  }

  /// The file's name.
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s-%05d-of-%05d.gguf", prefix, index + 1, count);
  }
}
