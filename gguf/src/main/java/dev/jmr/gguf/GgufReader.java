package dev.jmr.gguf;

import dev.jmr.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// Reads one file: magic, version, counts, metadata, tensor table.
final class GgufReader {
  /// What one file holds.
  record Contents(Path path, int version, GgufMetadata metadata, List<Tensor> tensors) {}

  private record Header(int version, GgufMetadata metadata, TensorTable tensors) {}

  static final int MAGIC = 0x46554747;
  private static final int MAGIC_BYTES = 4;

  private GgufReader() {}

  /// @param path what messages call the file
  /// @param file all of its bytes; the tensors are slices of it
  /// @throws GgufFormatException if anything in it does not hold
  static Contents parse(Path path, MemorySegment file) {
    Header header = header(path, file, file.byteSize());
    return new Contents(path, header.version, header.metadata, header.tensors.slice(file));
  }

  /// Checks a header as [#parse] does.
  ///
  /// @param header the start of a file of `fileSize` bytes
  static void check(Path path, MemorySegment header, long fileSize) {
    header(path, header, fileSize);
  }

  private static Header header(Path path, MemorySegment file, long fileSize) {
    checkMagic(path, file);
    var in = new HeaderCursor(path, file);
    in.int32();
    int version = version(in);
    int tensorCount =
        count(in, "tensor count", GgufLimits.MAX_TENSORS, GgufLimits.MIN_TENSOR_ENTRY_BYTES);
    int keyCount =
        count(
            in, "key count", GgufLimits.MAX_METADATA_ENTRIES, GgufLimits.MIN_METADATA_ENTRY_BYTES);
    var metadataReader = new MetadataReader(in);
    var metadata = new GgufMetadata(path.toString(), metadataReader.parse(keyCount));
    var tensors =
        new TensorTableReader(in, metadataReader.alignment()).parse(tensorCount, fileSize);
    return new Header(version, metadata, tensors);
  }

  private static void checkMagic(Path path, MemorySegment file) {
    if (file.byteSize() == 0) {
      throw new GgufFormatException(
          path, 0, "not a GGUF file: expected magic GGUF, got an empty file");
    }
    if (file.byteSize() < MAGIC_BYTES || file.get(LittleEndian.INT, 0) != MAGIC) {
      byte[] start =
          file.asSlice(0, Math.min(MAGIC_BYTES, file.byteSize())).toArray(ValueLayout.JAVA_BYTE);
      throw new GgufFormatException(
          path, 0, "not a GGUF file: expected magic GGUF, got " + printable(start));
    }
  }

  private static String printable(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0x21 || b > 0x7E) {
        return "bytes " + HexFormat.ofDelimiter(" ").formatHex(bytes);
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static int version(HeaderCursor in) {
    in.subject("version");
    long at = in.position();
    int version = in.int32();
    if (version == 2 || version == 3) {
      return version;
    }
    int swapped = Integer.reverseBytes(version);
    if (swapped >= 1 && swapped <= 3) {
      throw in.failure(
          at, "expected a little-endian file, got a big-endian one; convert the model again");
    }
    String remedy = version == 1 ? "; convert the model again" : "";
    throw in.failure(at, "expected 2 or 3, got " + Integer.toUnsignedString(version) + remedy);
  }

  private static int count(HeaderCursor in, String what, int max, int minBytes) {
    in.subject(what);
    long at = in.position();
    long count = in.int64();
    if (count < 0 || count > max) {
      throw in.failure(
          at, "expected at most %d, got %s".formatted(max, Long.toUnsignedString(count)));
    }
    if (count > in.remaining() / minBytes) {
      throw in.failure(
          at,
          "expected at most %d in the %d bytes that follow, got %d; the download may be incomplete"
              .formatted(in.remaining() / minBytes, in.remaining(), count));
    }
    return (int) count;
  }
}
