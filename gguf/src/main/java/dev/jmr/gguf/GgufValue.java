package dev.jmr.gguf;

import java.util.List;

/// A metadata value. Immutable, and independent of the file that it was read from.
public sealed interface GgufValue
    permits GgufValue.Int,
        GgufValue.Real,
        GgufValue.Bool,
        GgufValue.Text,
        NumberArray,
        StringArray,
        GgufValue.Nested {

  /// The type in the file.
  ValueType type();

  /// The type as messages name it: `UINT32`, or `ARRAY of STRING`.
  default String typeName() {
    return type().name();
  }

  static GgufValue uint32(long value) {
    return new Int(ValueType.UINT32, value);
  }

  static GgufValue int32(int value) {
    return new Int(ValueType.INT32, value);
  }

  static GgufValue uint16(int value) {
    return new Int(ValueType.UINT16, value);
  }

  static GgufValue uint64(long value) {
    return new Int(ValueType.UINT64, value);
  }

  static GgufValue float32(float value) {
    return new Real(ValueType.FLOAT32, value);
  }

  static GgufValue bool(boolean value) {
    return new Bool(value);
  }

  static GgufValue string(String value) {
    return new Text(value);
  }

  static GgufValue strings(List<String> values) {
    return StringArray.of(values);
  }

  static GgufValue integers(int... values) {
    return NumberArray.of(values);
  }

  static GgufValue floats(float... values) {
    return NumberArray.of(values);
  }

  static GgufValue bools(boolean... values) {
    return NumberArray.of(values);
  }

  /// An integer of any of the eight integer types.
  ///
  /// @param value the number; for `UINT64` its 64 bits, so that values from 2⁶³ on are negative here
  record Int(ValueType type, long value) implements GgufValue {
    public Int {
      if (!type.holds(value)) {
        throw new GgufException(
            "value: expected an integer of type %s, got %d".formatted(type, value));
      }
    }

    @Override
    public String toString() {
      return type == ValueType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
    }
  }

  /// A `FLOAT32` or `FLOAT64`.
  record Real(ValueType type, double value) implements GgufValue {
    public Real {
      if (!type.floating()) {
        throw new GgufException("value: expected a floating-point type, got " + type);
      }
      value = type == ValueType.FLOAT32 ? (float) value : value;
    }

    @Override
    public String toString() {
      return type == ValueType.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
    }
  }

  record Bool(boolean value) implements GgufValue {
    @Override
    public ValueType type() {
      return ValueType.BOOL;
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /// A string; bytes of the file that are not UTF-8 have become U+FFFD.
  record Text(String value) implements GgufValue {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /// An array of arrays.
  record Nested(List<GgufValue> arrays) implements GgufValue {
    public Nested {
      arrays = List.copyOf(arrays);
      for (GgufValue array : arrays) {
        if (array.type() != ValueType.ARRAY) {
          throw new GgufException("nested array: expected arrays, got " + array.typeName());
        }
      }
    }

    @Override
    public ValueType type() {
      return ValueType.ARRAY;
    }

    @Override
    public String typeName() {
      return "ARRAY of ARRAY";
    }
  }
}
