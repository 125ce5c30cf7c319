package dev.jmr.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;

/// An array of numbers or booleans, kept as the bytes of the file. Immutable, and independent of the file.
public final class NumberArray implements GgufValue {
  private final ValueType elementType;
  private final byte[] encoded;
  private final MemorySegment elements;

  /// Takes ownership of `encoded`: little-endian elements of a type with a fixed size.
  NumberArray(ValueType elementType, byte[] encoded) {
    this.elementType = elementType;
    this.encoded = encoded;
    this.elements = MemorySegment.ofArray(encoded);
  }

  public static NumberArray of(int... values) {
    var bytes = new LittleEndianBytes();
    for (int value : values) {
      bytes.int32(value);
    }
    return new NumberArray(ValueType.INT32, bytes.toByteArray());
  }

  public static NumberArray of(float... values) {
    var bytes = new LittleEndianBytes();
    for (float value : values) {
      bytes.int32(Float.floatToRawIntBits(value));
    }
    return new NumberArray(ValueType.FLOAT32, bytes.toByteArray());
  }

  public static NumberArray of(boolean... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return new NumberArray(ValueType.BOOL, bytes);
  }

  /// An array of any integer type.
  ///
  /// @throws GgufException if `elementType` is not an integer type or cannot hold a value
  public static NumberArray of(ValueType elementType, long... values) {
    var bytes = new LittleEndianBytes();
    for (long value : values) {
      bytes.scalar(new GgufValue.Int(elementType, value));
    }
    return new NumberArray(requireIntegral(elementType), bytes.toByteArray());
  }

  /// An array of `FLOAT64`.
  public static NumberArray of(double... values) {
    var bytes = new LittleEndianBytes();
    for (double value : values) {
      bytes.int64(Double.doubleToRawLongBits(value));
    }
    return new NumberArray(ValueType.FLOAT64, bytes.toByteArray());
  }

  private static ValueType requireIntegral(ValueType type) {
    if (!type.integral()) {
      throw new GgufException("array: expected an integer type, got " + type);
    }
    return type;
  }

  public ValueType elementType() {
    return elementType;
  }

  /// How many elements there are.
  public int size() {
    return encoded.length / elementType.byteSize();
  }

  /// Element `index` of an array of integers; of `UINT64`, its 64 bits.
  ///
  /// @throws GgufException if the elements are no integers
  public long integer(int index) {
    long at = byteOffset(index);
    return switch (elementType) {
      case UINT8 -> elements.get(ValueLayout.JAVA_BYTE, at) & 0xFFL;
      case INT8 -> elements.get(ValueLayout.JAVA_BYTE, at);
      case UINT16 -> elements.get(LittleEndian.SHORT, at) & 0xFFFFL;
      case INT16 -> elements.get(LittleEndian.SHORT, at);
      case UINT32 -> elements.get(LittleEndian.INT, at) & 0xFFFF_FFFFL;
      case INT32 -> elements.get(LittleEndian.INT, at);
      case UINT64, INT64 -> elements.get(LittleEndian.LONG, at);
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> throw notThat("integers");
    };
  }

  /// Element `index` of an array of numbers of any type.
  ///
  /// @throws GgufException if the elements are no numbers
  public double number(int index) {
    return switch (elementType) {
      case FLOAT32 -> elements.get(LittleEndian.FLOAT, byteOffset(index));
      case FLOAT64 -> elements.get(LittleEndian.DOUBLE, byteOffset(index));
      case UINT64 -> unsigned(integer(index));
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, INT64 -> integer(index);
      case BOOL, STRING, ARRAY -> throw notThat("numbers");
    };
  }

  /// Element `index` of an array of booleans.
  ///
  /// @throws GgufException if the elements are no booleans
  public boolean bool(int index) {
    if (elementType != ValueType.BOOL) {
      throw notThat("booleans");
    }
    return encoded[Objects.checkIndex(index, encoded.length)] != 0;
  }

  static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  private long byteOffset(int index) {
    return (long) Objects.checkIndex(index, size()) * elementType.byteSize();
  }

  private GgufException notThat(String expected) {
    return new GgufException("array: expected " + expected + ", got " + typeName());
  }

  /// As the file has it, without the element type and the count.
  byte[] encoded() {
    return encoded;
  }

  @Override
  public ValueType type() {
    return ValueType.ARRAY;
  }

  @Override
  public String typeName() {
    return "ARRAY of " + elementType;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumberArray array
        && elementType == array.elementType
        && Arrays.equals(encoded, array.encoded);
  }

  @Override
  public int hashCode() {
    return 31 * elementType.hashCode() + Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return size() + " × " + elementType;
  }
}
