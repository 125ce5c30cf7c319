package dev.jmr.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Maps files read-only and parses them; remembers their sizes to notice when one changes meanwhile.
final class MappedFiles {
  private record Mapped(Path path, long byteSize) {}

  private final Arena arena;
  private final List<Mapped> files = new ArrayList<>();

  /// @param arena owns the mappings; stays the caller's
  MappedFiles(Arena arena) {
    this.arena = arena;
  }

  GgufReader.Contents open(Path path) {
    if (Files.isDirectory(path)) {
      throw new GgufException(path + ": expected a GGUF file, got a directory");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new GgufException(path + ": expected a regular file, got something else");
    }
    MemorySegment bytes;
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      bytes =
          size == 0
              ? MemorySegment.NULL
              : channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      files.add(new Mapped(path, size));
    } catch (NoSuchFileException e) {
      throw new GgufException(path + ": no such file", e);
    } catch (IOException e) {
      throw new GgufException("%s: cannot be read: %s".formatted(path, e), e);
    }
    try {
      return GgufReader.parse(path, bytes);
    } catch (InternalError e) {
      throw new GgufException(path + ": truncated while it was read", e);
    }
  }

  /// The sizes of all files together.
  long byteSize() {
    return files.stream().mapToLong(Mapped::byteSize).sum();
  }

  /// @throws GgufException if a file no longer has the size with which it was mapped
  void checkUnchanged() {
    for (Mapped file : files) {
      long size;
      try {
        size = Files.size(file.path);
      } catch (IOException e) {
        throw new GgufException("%s: gone while it was read: %s".formatted(file.path, e), e);
      }
      if (size != file.byteSize) {
        throw new GgufException(
            "%s: expected %d bytes, got %d after reading; is it still being written?"
                .formatted(file.path, file.byteSize, size));
      }
    }
  }
}
