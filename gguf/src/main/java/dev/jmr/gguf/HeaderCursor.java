package dev.jmr.gguf;

import static dev.jmr.gguf.GgufLimits.MAX_ALL_STRINGS_BYTES;
import static dev.jmr.gguf.GgufLimits.MAX_HEADER_BYTES;

import dev.jmr.tensor.ShapeMismatchException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Reads the header of a file from front to back; nothing is read before it is known to be there.
final class HeaderCursor {
  private final Path path;
  private final MemorySegment file;
  private final long size;
  private long position;
  private long allStringsBytes;
  private String subject = "header";

  HeaderCursor(Path path, MemorySegment file) {
    this.path = path;
    this.file = file;
    this.size = file.byteSize();
  }

  long position() {
    return position;
  }

  long remaining() {
    return size - position;
  }

  /// Sets what messages are about from here on.
  void subject(String subject) {
    this.subject = subject;
  }

  void subject(String what, String name) {
    subject = what + " " + Printable.of(name);
  }

  GgufFormatException failure(long byteOffset, String message) {
    return new GgufFormatException(path, byteOffset, subject + ": " + message);
  }

  GgufFormatException failure(long byteOffset, ShapeMismatchException cause) {
    return new GgufFormatException(path, byteOffset, subject + ": " + cause.getMessage(), cause);
  }

  int int8() {
    need(1);
    return file.get(ValueLayout.JAVA_BYTE, position++);
  }

  int int16() {
    need(2);
    int value = file.get(LittleEndian.SHORT, position);
    position += 2;
    return value;
  }

  int int32() {
    need(4);
    int value = file.get(LittleEndian.INT, position);
    position += 4;
    return value;
  }

  long uint32() {
    return Integer.toUnsignedLong(int32());
  }

  long int64() {
    need(8);
    long value = file.get(LittleEndian.LONG, position);
    position += 8;
    return value;
  }

  boolean bool() {
    int value = int8();
    if (value != 0 && value != 1) {
      throw failure(position - 1, "expected a boolean of 0 or 1, got " + (value & 0xFF));
    }
    return value == 1;
  }

  /// A string of `minBytes` to `maxBytes`; bytes that are not UTF-8 become U+FFFD.
  String string(int minBytes, int maxBytes) {
    long at = position;
    int length = skipString(maxBytes);
    if (length < minBytes) {
      throw failure(
          at, "expected a string of at least %d bytes, got %d".formatted(minBytes, length));
    }
    return new String(copy(position - length, length), StandardCharsets.UTF_8);
  }

  /// Steps over a string and returns the length of its content.
  int skipString(int maxBytes) {
    long at = position;
    long length = int64();
    if (length < 0 || length > maxBytes) {
      throw failure(
          at,
          "expected a string of at most %d bytes, got a length of %s"
              .formatted(maxBytes, Long.toUnsignedString(length)));
    }
    need(length);
    allStringsBytes += length;
    if (allStringsBytes > MAX_ALL_STRINGS_BYTES) {
      throw failure(
          at, "expected at most %d bytes in all strings".formatted(MAX_ALL_STRINGS_BYTES));
    }
    position += length;
    return (int) length;
  }

  /// The next `count` bytes, copied.
  byte[] raw(int count) {
    need(count);
    position += count;
    return copy(position - count, count);
  }

  /// Bytes that this cursor has passed, copied.
  byte[] copy(long from, int count) {
    byte[] bytes = new byte[count];
    MemorySegment.copy(file, ValueLayout.JAVA_BYTE, from, bytes, 0, count);
    return bytes;
  }

  private void need(long count) {
    if (count > size - position) {
      throw failure(
          position,
          "file ends at byte %d, but %d more bytes are needed here; the download may be incomplete"
              .formatted(size, count));
    }
    if (count > MAX_HEADER_BYTES - position) {
      throw failure(position, "expected a header of at most %d bytes".formatted(MAX_HEADER_BYTES));
    }
  }
}
