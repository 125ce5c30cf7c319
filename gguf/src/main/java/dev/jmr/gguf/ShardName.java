package dev.jmr.gguf;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a file of a sharded model, `<prefix>-00001-of-00003.gguf`. Source: llama.cpp `llama_split_path`.
///
/// @param index of the shard, from 0 (its name counts from 1)
record ShardName(String prefix, int index, int count) {
  private static final Pattern PATTERN = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");

  static Optional<ShardName> of(Path path) {
    Matcher matcher = PATTERN.matcher(String.valueOf(path.getFileName()));
    return matcher.matches()
        ? Optional.of(
            new ShardName(
                matcher.group(1),
                Integer.parseInt(matcher.group(2)) - 1,
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  ShardName withIndex(int other) {
    return new ShardName(prefix, other, count);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s-%05d-of-%05d.gguf", prefix, index + 1, count);
  }
}
