package dev.jmr.server.packaging;

import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.GgufWriter;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/// Small GGUF files, as tests pack and fetch them.
public final class TinyModel {
  /// When the files were last modified.
  public static final Instant MODIFIED = Instant.parse("2026-07-01T10:00:00Z");

  private TinyModel() {}

  /// A model of two tensors in one file.
  public static Path write(Path file, String name) {
    try (Arena arena = Arena.ofConfined()) {
      writer(arena, name).write(file);
    }
    return touched(file);
  }

  /// The same in two shards.
  public static List<Path> writeShards(Path directory, String name) {
    try (Arena arena = Arena.ofConfined()) {
      List<Path> shards = writer(arena, name).writeShards(directory, name, 4096);
      shards.forEach(TinyModel::touched);
      return shards;
    }
  }

  private static GgufWriter writer(Arena arena, String name) {
    return new GgufWriter()
        .put("general.architecture", GgufValue.string("llama"))
        .put("general.name", GgufValue.string(name))
        .put("general.file_type", GgufValue.uint32(15))
        .put("llama.context_length", GgufValue.uint32(40960))
        .tensor(tensor(arena, "a"))
        .tensor(tensor(arena, "b"));
  }

  private static Tensor tensor(Arena arena, String name) {
    return new Tensor(name, TensorType.F32, Shape.of(32, 32), arena.allocate(4096));
  }

  private static Path touched(Path file) {
    try {
      return Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
