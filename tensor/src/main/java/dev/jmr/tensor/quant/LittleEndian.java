package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The scalars that blocks are made of: little-endian, at any offset, unsigned where Java is not.
final class LittleEndian {
  static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static byte i8(MemorySegment source, long offset) {
    return source.get(ValueLayout.JAVA_BYTE, offset);
  }

  static int u8(MemorySegment source, long offset) {
    return source.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }

  static int u16(MemorySegment source, long offset) {
    return source.get(SHORT, offset) & 0xffff;
  }

  /// The 32 bits at `offset`; use `>>>` on them.
  static int u32(MemorySegment source, long offset) {
    return source.get(INT, offset);
  }

  /// A 16-bit IEEE float.
  static float half(MemorySegment source, long offset) {
    return Float.float16ToFloat(source.get(SHORT, offset));
  }

  static void put8(MemorySegment target, long offset, int value) {
    target.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
  }

  static void put16(MemorySegment target, long offset, int value) {
    target.set(SHORT, offset, (short) value);
  }

  static void put32(MemorySegment target, long offset, int value) {
    target.set(INT, offset, value);
  }

  /// Writes `value` as a 16-bit IEEE float, rounded to nearest even.
  static void putHalf(MemorySegment target, long offset, float value) {
    target.set(SHORT, offset, Float.floatToFloat16(value));
  }

  /// Writes a scale and a minimum as two halves, one after the other, and returns what they read as.
  static ScaleMin putHalves(MemorySegment target, long offset, ScaleMin pair) {
    putHalf(target, offset, pair.scale());
    putHalf(target, offset + Short.BYTES, pair.min());
    return new ScaleMin(half(target, offset), half(target, offset + Short.BYTES));
  }
}
