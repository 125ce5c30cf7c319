package dev.jmr.gguf;

import java.util.Optional;

/// The types of a metadata value, by the id that files use. Source: GGUF `gguf_metadata_value_type`.
public enum ValueType {
  UINT8(0, 1),
  INT8(1, 1),
  UINT16(2, 2),
  INT16(3, 2),
  UINT32(4, 4),
  INT32(5, 4),
  FLOAT32(6, 4),
  BOOL(7, 1),
  STRING(8, 0),
  ARRAY(9, 0),
  UINT64(10, 8),
  INT64(11, 8),
  FLOAT64(12, 8);

  private static final ValueType[] BY_ID = new ValueType[13];

  static {
    for (ValueType type : values()) {
      BY_ID[type.id] = type;
    }
  }

  private final int id;
  private final int byteSize;

  ValueType(int id, int byteSize) {
    this.id = id;
    this.byteSize = byteSize;
  }

  /// The type with GGUF's number `id` (an unsigned 32-bit number), if there is one.
  public static Optional<ValueType> ofId(long id) {
    return id >= 0 && id < BY_ID.length ? Optional.of(BY_ID[(int) id]) : Optional.empty();
  }

  /// GGUF's number of this type.
  public int id() {
    return id;
  }

  /// Bytes of one value; 0 for strings and arrays, whose size is in the file.
  public int byteSize() {
    return byteSize;
  }

  public boolean integral() {
    return switch (this) {
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> true;
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> false;
    };
  }

  public boolean floating() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /// Whether `value` can be written as this integer type; a `UINT64` takes the bits of any `long`.
  boolean holds(long value) {
    return switch (this) {
      case UINT8 -> value >> 8 == 0;
      case INT8 -> value == (byte) value;
      case UINT16 -> value >> 16 == 0;
      case INT16 -> value == (short) value;
      case UINT32 -> value >> 32 == 0;
      case INT32 -> value == (int) value;
      case UINT64, INT64 -> true;
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> false;
    };
  }
}
