package dev.jmr.gguf;

import dev.jmr.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Puts the files of a sharded model together and checks that they are one model.
final class Shards {
  static final String NUMBER_KEY = "split.no";
  static final String COUNT_KEY = "split.count";
  static final String TENSOR_COUNT_KEY = "split.tensors.count";

  /// All keys that tell how the files of a model belong together.
  static final Set<String> KEYS = Set.of(NUMBER_KEY, COUNT_KEY, TENSOR_COUNT_KEY);

  private Shards() {}

  /// How many files the model of this file has.
  static int count(GgufReader.Contents file) {
    long count = file.metadata().integer(COUNT_KEY).orElse(1);
    if (count < 0 || count > GgufLimits.MAX_SHARDS) {
      throw mismatch(file, COUNT_KEY, "at most " + GgufLimits.MAX_SHARDS, count);
    }
    return Math.max(1, (int) count);
  }

  /// All files of a model, in order, given any one of them; `open` reads the others, which lie beside it.
  static List<GgufReader.Contents> gather(
      GgufReader.Contents given, Function<Path, GgufReader.Contents> open) {
    int count = count(given);
    if (count == 1) {
      return List.of(given);
    }
    ShardName name =
        ShardName.of(given.path())
            .filter(found -> found.count() == count && found.index() >= 0 && found.index() < count)
            .orElseThrow(() ->
                new GgufException(
                    "%s: expected a name like model-00001-of-%05d.gguf for one of %d shards; rename the files or pass all of them"
                        .formatted(given.path(), count, count)));
    List<GgufReader.Contents> shards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shards.add(
          i == name.index()
              ? given
              : open.apply(given.path().resolveSibling(name.withIndex(i).toString())));
    }
    check(shards);
    return shards;
  }

  /// Checks that these are all files of one model, in order.
  static void check(List<GgufReader.Contents> shards) {
    int tensors = 0;
    Set<String> names = new HashSet<>();
    for (int i = 0; i < shards.size(); i++) {
      GgufReader.Contents shard = shards.get(i);
      expect(shard, COUNT_KEY, shards.size(), count(shard));
      expect(shard, NUMBER_KEY, i, shard.metadata().integer(NUMBER_KEY).orElse(0));
      for (Tensor tensor : shard.tensors()) {
        tensors++;
        if (!names.add(tensor.name())) {
          throw new GgufException(
              "%s: tensor %s: expected each tensor name once, got it in two shards"
                  .formatted(shard.path(), Printable.of(tensor.name())));
        }
      }
    }
    GgufReader.Contents first = shards.getFirst();
    expect(
        first,
        TENSOR_COUNT_KEY,
        tensors,
        first.metadata().integer(TENSOR_COUNT_KEY).orElse(tensors));
  }

  private static void expect(GgufReader.Contents file, String key, long expected, long actual) {
    if (expected != actual) {
      throw mismatch(file, key, Long.toString(expected), actual);
    }
  }

  private static GgufException mismatch(
      GgufReader.Contents file, String key, String expected, long actual) {
    return new GgufException(
        "%s: key %s: expected %s, got %d; the shards are not of one model"
            .formatted(file.path(), key, expected, actual));
  }
}
