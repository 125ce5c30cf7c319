package dev.jmr.gguf;

import dev.jmr.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// An open GGUF model: its metadata, and its tensors over the mapped file or files.
///
/// Reads versions 2 and 3, little-endian, in one file or in shards. Everything the header says is checked when the
/// model is opened; no tensor data is touched. Usable by any thread. Owns the shared [java.lang.foreign.Arena] of the
/// mappings: after [#close] the data of the tensors must not be used (access throws `IllegalStateException`), while
/// the metadata stays.
///
/// A file that is truncated while it is open makes access to the lost part an `InternalError`, and one that is
/// overwritten in place changes under the reader: replace model files by renaming. A change of size during [#open] is
/// detected.
public final class Gguf implements AutoCloseable {
  private final Arena arena;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<GgufReader.Contents> shards;
  private final long byteSize;
  private final List<Tensor> tensors = new ArrayList<>();
  private final Map<String, Tensor> tensorsByName = new HashMap<>();

  private Gguf(Arena arena, List<GgufReader.Contents> shards, long byteSize) {
    this.arena = arena;
    this.shards = shards;
    this.byteSize = byteSize;
    for (GgufReader.Contents shard : shards) {
      tensors.addAll(shard.tensors());
    }
    for (Tensor tensor : tensors) {
      tensorsByName.put(tensor.name(), tensor);
    }
  }

  /// Opens a model, given its file or any one of its shards (`<name>-00001-of-00003.gguf`, side by side).
  ///
  /// @throws GgufFormatException if a file is not what it claims to be
  /// @throws GgufException if a file cannot be read, a shard is missing, or the shards are not of one model
  public static Gguf open(Path path) {
    return open(files -> Shards.gather(files.open(path), files::open));
  }

  /// Opens a model, given all of its files in order, whatever their names.
  ///
  /// @throws GgufException as [#open(Path)] does
  public static Gguf open(List<Path> paths) {
    if (paths.isEmpty()) {
      throw new GgufException("model: expected at least one file, got none");
    }
    return open(files -> {
      List<GgufReader.Contents> shards = paths.stream().map(files::open).toList();
      Shards.check(shards);
      return shards;
    });
  }

  private interface Opening {
    List<GgufReader.Contents> open(MappedFiles files);
  }

  private static Gguf open(Opening opening) {
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try {
      var files = new MappedFiles(arena);
      List<GgufReader.Contents> shards = opening.open(files);
      files.checkUnchanged();
      opened = true;
      return new Gguf(arena, shards, files.byteSize());
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  /// The file of the model; of a sharded model, the first.
  public Path path() {
    return shards.getFirst().path();
  }

  /// All files of the model, in order.
  public List<Path> paths() {
    return shards.stream().map(GgufReader.Contents::path).toList();
  }

  /// The version of the format, 2 or 3.
  public int version() {
    return shards.getFirst().version();
  }

  /// The metadata; of a sharded model, that of the first shard.
  public GgufMetadata metadata() {
    return shards.getFirst().metadata();
  }

  /// All tensors, in the order of the file. Shapes are outermost axis first: the reverse of the file's `ne`.
  public List<Tensor> tensors() {
    return Collections.unmodifiableList(tensors);
  }

  /// The tensor with this name, if there is one.
  public Optional<Tensor> tensor(String name) {
    return Optional.ofNullable(tensorsByName.get(name));
  }

  /// The size of all files of the model together.
  public long byteSize() {
    return byteSize;
  }

  /// Unmaps the files. Does nothing the second time.
  ///
  /// @throws IllegalStateException if another thread is just accessing a tensor's data
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      arena.close();
    }
  }

  @Override
  public String toString() {
    return "%s: GGUF v%d, %d tensors, %d bytes"
        .formatted(path(), version(), tensors.size(), byteSize);
  }
}
