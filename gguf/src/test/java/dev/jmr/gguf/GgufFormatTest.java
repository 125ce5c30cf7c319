package dev.jmr.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong with a file, in the words of the message.
class GgufFormatTest {
  /// Behind magic, version and counts, the length of `some.key`, the key, and its value type.
  private static final int VALUE_AT = 24 + 8 + 8 + 4;

  @TempDir Path directory;

  @Test
  void saysThatAPathIsADirectory() {
    assertThatThrownBy(() -> Gguf.open(directory))
        .isInstanceOf(GgufException.class)
        .hasMessage(directory + ": expected a GGUF file, got a directory");
  }

  @Test
  void saysThatAFileIsMissing() {
    Path path = directory.resolve("none.gguf");
    assertThatThrownBy(() -> Gguf.open(path))
        .isInstanceOf(GgufException.class)
        .hasMessage(path + ": no such file");
  }

  @Test
  void saysThatAFileIsEmpty() throws IOException {
    Path path = Files.createFile(directory.resolve("empty.gguf"));
    assertThatThrownBy(() -> Gguf.open(path))
        .isInstanceOf(GgufFormatException.class)
        .hasMessage(path + ", byte 0: not a GGUF file: expected magic GGUF, got an empty file");
  }

  @ParameterizedTest
  @CsvSource({"<!DOCTYPE, <!DO", "GG, GG", "'\u0080\u0001\u0002\u0003', bytes 80 01 02 03"})
  void saysWhatAForeignFileStartsWith(String content, String shown) {
    assertRefused(content.getBytes(StandardCharsets.ISO_8859_1))
        .hasMessageEndingWith("byte 0: not a GGUF file: expected magic GGUF, got " + shown);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'expected 2 or 3, got 1; convert the model again'",
    "4, 'expected 2 or 3, got 4'",
    "50331648, 'expected a little-endian file, got a big-endian one; convert the model again'",
  })
  void refusesOtherVersions(int version, String message) {
    var out = new LittleEndianBytes();
    out.int32(GgufReader.MAGIC);
    out.int32(version);
    out.zeros(16);
    assertRefused(out.toByteArray()).hasMessageEndingWith(", byte 4: version: " + message);
  }

  @Test
  void rejectsTensorCountLargerThanFile() {
    assertRefused(RawGguf.file(1000, 0, out -> {}))
        .hasMessageEndingWith(
            "byte 8: tensor count: expected at most 0 in the 8 bytes that follow, got 1000; the download may be incomplete");
    assertRefused(RawGguf.file(-1, 0, out -> {}))
        .hasMessageEndingWith("tensor count: expected at most 65536, got 18446744073709551615");
  }

  @Test
  void rejectsKeyCountLargerThanFile() {
    assertRefused(RawGguf.file(0, 65_536, out -> out.zeros(100)))
        .hasMessageContaining("byte 16: key count: expected at most 7 in the 100 bytes");
    assertRefused(RawGguf.file(0, Long.MAX_VALUE, out -> {}))
        .hasMessageEndingWith("key count: expected at most 65536, got 9223372036854775807");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, (1 << 20) + 1})
  void rejectsStringLongerThanTheCap(long length) {
    assertRefused(RawGguf.withValue(ValueType.STRING, out -> out.int64(length)))
        .hasMessageEndingWith(
            "byte %d: key some.key: expected a string of at most 1048576 bytes, got a length of %s",
            VALUE_AT, Long.toUnsignedString(length));
  }

  @Test
  void rejectsStringLongerThanFile() {
    assertRefused(RawGguf.withValue(ValueType.STRING, out -> out.int64(1000)))
        .hasMessageEndingWith(
            "key some.key: file ends at byte 52, but 1000 more bytes are needed here; the download may be incomplete");
  }

  @Test
  void rejectsMoreStringBytesThanTheCapInAll() {
    byte[] file =
        RawGguf.withValue(
            ValueType.ARRAY,
            out -> {
              out.int32(ValueType.STRING.id());
              out.int64(65);
              for (int i = 0; i < 65; i++) {
                out.int64(1 << 20);
                out.zeros(1 << 20);
              }
            });
    assertRefused(file).hasMessageEndingWith("expected at most 67108864 bytes in all strings");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 61, (1 << 24) + 1})
  void rejectsArrayOfMoreElementsThanTheCap(long count) {
    assertRefused(array(ValueType.UINT64, count))
        .hasMessageEndingWith(
            "byte %d: key some.key: expected an array of at most 16777216 elements, got %s",
            VALUE_AT + 4, Long.toUnsignedString(count));
  }

  @Test
  void rejectsArrayLongerThanFile() {
    assertRefused(array(ValueType.UINT64, 1 << 24))
        .hasMessageEndingWith(
            "16777216 elements of UINT64 need at least 134217728 bytes, but 0 are left; the download may be incomplete");
    assertRefused(array(ValueType.STRING, 1 << 24)).hasMessageContaining("elements of STRING need");
    assertRefused(array(ValueType.ARRAY, 1 << 24)).hasMessageContaining("elements of ARRAY need");
  }

  @Test
  void rejectsArraysThatAreNestedTooDeep() {
    byte[] file =
        RawGguf.withValue(
            ValueType.ARRAY,
            out -> {
              for (int depth = 0; depth < 1000; depth++) {
                out.int32(ValueType.ARRAY.id());
                out.int64(1);
              }
            });
    assertRefused(file)
        .hasMessageContaining("expected arrays in an array")
        .hasMessageContaining("depth 3");
  }

  @Test
  void rejectsUnknownValueTypes() {
    byte[] file = RawGguf.withValue(ValueType.UINT8, out -> out.int8(1));
    file[VALUE_AT - 4] = 13;
    assertRefused(file)
        .hasMessageEndingWith(
            "byte %d: key some.key: expected a value type from 0 to 12, got 13", VALUE_AT - 4);
    assertRefused(
            RawGguf.withValue(
                ValueType.ARRAY,
                out -> {
                  out.int32(-1);
                  out.int64(0);
                }))
        .hasMessageEndingWith("expected a value type from 0 to 12, got 4294967295");
  }

  @Test
  void rejectsBooleansOtherThanZeroAndOne() {
    assertRefused(RawGguf.withValue(ValueType.BOOL, out -> out.int8(2)))
        .hasMessageEndingWith("key some.key: expected a boolean of 0 or 1, got 2");
    byte[] array =
        RawGguf.withValue(
            ValueType.ARRAY,
            out -> {
              out.int32(ValueType.BOOL.id());
              out.int64(3);
              out.raw(new byte[] {0, 1, -1});
            });
    assertRefused(array)
        .hasMessageEndingWith(
            "byte %d: key some.key: expected booleans of 0 or 1, got 255", VALUE_AT + 14);
  }

  @Test
  void rejectsDuplicateAndEmptyKeys() {
    Consumer<LittleEndianBytes> entry =
        out -> {
          out.string("twice");
          out.int32(ValueType.UINT8.id());
          out.int8(0);
        };
    assertRefused(RawGguf.file(0, 2, entry.andThen(entry)))
        .hasMessageEndingWith("byte 42: key twice: expected each key once, got it twice");
    assertRefused(RawGguf.file(0, 1, out -> out.zeros(20)))
        .hasMessageEndingWith("key 0: expected a string of at least 1 bytes, got 0");
  }

  @Test
  void keepsMessagesOnOneShortLine() {
    byte[] file =
        RawGguf.file(
            0,
            1,
            out -> {
              out.string("a\r\nforged line" + "x".repeat(60_000));
              out.int32(99);
              out.zeros(10);
            });
    assertRefused(file)
        .hasMessageContaining("key a??forged line")
        .extracting(Throwable::getMessage)
        .satisfies(message -> assertThat(message).hasSizeLessThan(250));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 33, 48, 131_072, 4_294_967_295L})
  void rejectsAlignmentsThatAreNoSmallPowerOfTwo(long alignment) {
    byte[] file =
        RawGguf.file(
            0,
            1,
            out -> {
              out.string("general.alignment");
              out.int32(ValueType.UINT32.id());
              out.int32((int) alignment);
            });
    assertRefused(file)
        .hasMessageEndingWith(
            "key general.alignment: expected a UINT32 power of two up to 65536, got UINT32 %d",
            alignment);
  }

  @Test
  void rejectsAlignmentsOfOtherTypes() {
    byte[] file =
        RawGguf.file(
            0,
            1,
            out -> {
              out.string("general.alignment");
              out.int32(ValueType.STRING.id());
              out.string("32");
            });
    assertRefused(file).hasMessageEndingWith("power of two up to 65536, got STRING");
  }

  @Test
  void readsMalformedUtf8WithReplacementCharacters() {
    byte[] file =
        RawGguf.withValue(
            ValueType.STRING,
            out -> {
              out.int64(3);
              out.raw(new byte[] {'a', (byte) 0xC3, 'b'});
            });
    assertThat(RawGguf.parse(file).metadata().string("some.key")).contains("a\uFFFDb");
  }

  private static byte[] array(ValueType elementType, long count) {
    return RawGguf.withValue(
        ValueType.ARRAY,
        out -> {
          out.int32(elementType.id());
          out.int64(count);
        });
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] file) {
    byte[] copy = Arrays.copyOf(file, file.length);
    return assertThatThrownBy(() -> RawGguf.parse(copy))
        .isInstanceOf(GgufFormatException.class)
        .hasMessageStartingWith("crafted.gguf, byte ");
  }
}
