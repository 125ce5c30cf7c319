package dev.jmr.gguf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// An array of strings, kept as the bytes of the file: a vocabulary of 256k tokens costs one copy to read, and each
/// string is decoded when it is asked for (anew each time). Immutable, and independent of the file.
public final class StringArray implements GgufValue {
  /// In front of each string, its length as the file has it.
  static final int LENGTH_BYTES = Long.BYTES;

  private final byte[] encoded;
  private final int[] ends;
  private final int size;

  /// Takes ownership of both arrays.
  ///
  /// @param encoded as in the file: for each string 8 bytes of length, then the string
  /// @param ends where in `encoded` string `i` ends, for `i < size`; in order
  StringArray(byte[] encoded, int[] ends, int size) {
    this.encoded = encoded;
    this.ends = ends;
    this.size = size;
  }

  public static StringArray of(List<String> strings) {
    var bytes = new LittleEndianBytes();
    int[] ends = new int[strings.size()];
    for (int i = 0; i < ends.length; i++) {
      bytes.string(strings.get(i));
      ends[i] = bytes.size();
    }
    return new StringArray(bytes.toByteArray(), ends, ends.length);
  }

  /// How many strings there are.
  public int size() {
    return size;
  }

  /// String `index`; bytes that are not UTF-8 become U+FFFD.
  ///
  /// @throws IndexOutOfBoundsException unless `0 <= index < size`
  public String get(int index) {
    int start = start(index);
    return new String(encoded, start, ends[index] - start, StandardCharsets.UTF_8);
  }

  /// A copy of the bytes of string `index`, as they are in the file.
  ///
  /// @throws IndexOutOfBoundsException unless `0 <= index < size`
  public byte[] bytes(int index) {
    return Arrays.copyOfRange(encoded, start(index), ends[index]);
  }

  /// All strings, decoded.
  public List<String> toList() {
    return IntStream.range(0, size).mapToObj(this::get).toList();
  }

  /// As the file has it, without the element type and the count.
  byte[] encoded() {
    return encoded;
  }

  private int start(int index) {
    Objects.checkIndex(index, size);
    return (index == 0 ? 0 : ends[index - 1]) + LENGTH_BYTES;
  }

  @Override
  public ValueType type() {
    return ValueType.ARRAY;
  }

  @Override
  public String typeName() {
    return "ARRAY of STRING";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StringArray array
        && size == array.size
        && Arrays.equals(encoded, array.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return size + " strings";
  }
}
