package dev.jmr.gguf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing buffer that takes what a GGUF header is made of.
final class LittleEndianBytes {
  private byte[] bytes = new byte[256];
  private int size;

  int size() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  void int8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void int16(int value) {
    int8(value);
    int8(value >> 8);
  }

  void int32(int value) {
    int16(value);
    int16(value >> 16);
  }

  void int64(long value) {
    int32((int) value);
    int32((int) (value >> 32));
  }

  void raw(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  void string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int64(utf8.length);
    raw(utf8);
  }

  void zeros(int count) {
    reserve(count);
    Arrays.fill(bytes, size, size + count, (byte) 0);
    size += count;
  }

  void scalar(GgufValue.Int number) {
    switch (number.type()) {
      case UINT8, INT8 -> int8((int) number.value());
      case UINT16, INT16 -> int16((int) number.value());
      case UINT32, INT32 -> int32((int) number.value());
      case UINT64, INT64 -> int64(number.value());
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> throw new AssertionError(number.type());
    }
  }

  private void reserve(int count) {
    if (count > bytes.length - size) {
      int needed = Math.addExact(size, count);
      bytes =
          Arrays.copyOf(
              bytes, Math.max(needed, (int) Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
    }
  }
}
