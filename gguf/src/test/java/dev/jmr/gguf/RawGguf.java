package dev.jmr.gguf;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Puts files together byte by byte, right or wrong.
final class RawGguf {
  static final Path PATH = Path.of("crafted.gguf");

  private RawGguf() {}

  /// A file with one key, whose value type and value `content` writes.
  static byte[] withValue(ValueType type, Consumer<LittleEndianBytes> content) {
    return file(
        0,
        1,
        out -> {
          out.string("some.key");
          out.int32(type.id());
          content.accept(out);
        });
  }

  /// A version 3 file with these counts.
  static byte[] file(long tensors, long keys, Consumer<LittleEndianBytes> content) {
    var out = new LittleEndianBytes();
    out.int32(GgufReader.MAGIC);
    out.int32(3);
    out.int64(tensors);
    out.int64(keys);
    content.accept(out);
    return out.toByteArray();
  }

  /// A file of tensors that `table` writes, with `dataBytes` of data.
  static byte[] withTensors(int count, int dataBytes, Consumer<LittleEndianBytes> table) {
    return file(
        count,
        0,
        out -> {
          table.accept(out);
          out.zeros(
              (int) GgufLimits.alignUp(out.size(), GgufLimits.DEFAULT_ALIGNMENT)
                  - out.size()
                  + dataBytes);
        });
  }

  /// A row of the tensor table.
  static void tensor(LittleEndianBytes out, String name, int type, long offset, long... axes) {
    out.string(name);
    out.int32(axes.length);
    for (long axis : axes) {
      out.int64(axis);
    }
    out.int32(type);
    out.int64(offset);
  }

  static GgufReader.Contents parse(byte[] file) {
    return GgufReader.parse(PATH, MemorySegment.ofArray(file));
  }
}
