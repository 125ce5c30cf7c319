package dev.jmr.gguf;

import static dev.jmr.gguf.GgufLimits.MAX_ARRAY_DEPTH;
import static dev.jmr.gguf.GgufLimits.MAX_ARRAY_ELEMENTS;
import static dev.jmr.gguf.GgufLimits.MAX_KEY_BYTES;
import static dev.jmr.gguf.GgufLimits.MAX_NESTED_ARRAYS;
import static dev.jmr.gguf.GgufLimits.MAX_STRING_BYTES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the key-value pairs of a header.
final class MetadataReader {
  static final String ALIGNMENT_KEY = "general.alignment";

  private final HeaderCursor in;
  private final Map<String, GgufValue> values = new LinkedHashMap<>();
  private int nestedArrays;
  private int alignment = GgufLimits.DEFAULT_ALIGNMENT;

  MetadataReader(HeaderCursor in) {
    this.in = in;
  }

  /// The alignment that the file asks for, or the default.
  int alignment() {
    return alignment;
  }

  Map<String, GgufValue> parse(int count) {
    for (int i = 0; i < count; i++) {
      in.subject("key " + i);
      long keyAt = in.position();
      String key = in.string(1, MAX_KEY_BYTES);
      in.subject("key", key);
      if (values.containsKey(key)) {
        throw in.failure(keyAt, "expected each key once, got it twice");
      }
      long valueAt = in.position();
      GgufValue value = value(type(), 1);
      values.put(key, value);
      if (key.equals(ALIGNMENT_KEY)) {
        alignment = checkedAlignment(valueAt, value);
      }
    }
    return values;
  }

  private int checkedAlignment(long at, GgufValue value) {
    if (value instanceof GgufValue.Int number
        && number.type() == ValueType.UINT32
        && GgufLimits.isAlignment(number.value())) {
      return (int) number.value();
    }
    throw in.failure(
        at,
        "expected a UINT32 power of two up to %d, got %s"
            .formatted(
                GgufLimits.MAX_ALIGNMENT,
                value instanceof GgufValue.Int
                    ? value.typeName() + " " + value
                    : value.typeName()));
  }

  private ValueType type() {
    long at = in.position();
    long id = in.uint32();
    return ValueType.ofId(id)
        .orElseThrow(() -> in.failure(at, "expected a value type from 0 to 12, got " + id));
  }

  private GgufValue value(ValueType type, int depth) {
    return switch (type) {
      case UINT8 -> new GgufValue.Int(type, in.int8() & 0xFF);
      case INT8 -> new GgufValue.Int(type, in.int8());
      case UINT16 -> new GgufValue.Int(type, in.int16() & 0xFFFF);
      case INT16 -> new GgufValue.Int(type, in.int16());
      case UINT32 -> new GgufValue.Int(type, in.uint32());
      case INT32 -> new GgufValue.Int(type, in.int32());
      case UINT64, INT64 -> new GgufValue.Int(type, in.int64());
      case FLOAT32 -> new GgufValue.Real(type, Float.intBitsToFloat(in.int32()));
      case FLOAT64 -> new GgufValue.Real(type, Double.longBitsToDouble(in.int64()));
      case BOOL -> new GgufValue.Bool(in.bool());
      case STRING -> new GgufValue.Text(in.string(0, MAX_STRING_BYTES));
      case ARRAY -> array(depth);
    };
  }

  private GgufValue array(int depth) {
    ValueType elementType = type();
    long countAt = in.position();
    long count = in.int64();
    if (count < 0 || count > MAX_ARRAY_ELEMENTS) {
      throw in.failure(
          countAt,
          "expected an array of at most %d elements, got %s"
              .formatted(MAX_ARRAY_ELEMENTS, Long.toUnsignedString(count)));
    }
    long minBytes = count * minElementBytes(elementType);
    if (minBytes > in.remaining()) {
      throw in.failure(
          countAt,
          "%d elements of %s need at least %d bytes, but %d are left; the download may be incomplete"
              .formatted(count, elementType, minBytes, in.remaining()));
    }
    return switch (elementType) {
      case STRING -> strings((int) count);
      case ARRAY -> nested((int) count, countAt, depth + 1);
      case BOOL -> bools((int) count);
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64, FLOAT32, FLOAT64 ->
          new NumberArray(elementType, in.raw((int) minBytes));
    };
  }

  private static int minElementBytes(ValueType elementType) {
    return switch (elementType) {
      case STRING -> StringArray.LENGTH_BYTES;
      case ARRAY -> Integer.BYTES + Long.BYTES;
      default -> elementType.byteSize();
    };
  }

  /// One pass over the lengths, then one copy; nothing is decoded.
  private StringArray strings(int count) {
    long start = in.position();
    int[] ends = new int[Math.min(count, 1024)];
    for (int i = 0; i < count; i++) {
      if (i == ends.length) {
        ends = Arrays.copyOf(ends, Math.min(count, 2 * ends.length));
      }
      in.skipString(MAX_STRING_BYTES);
      ends[i] = (int) (in.position() - start);
    }
    return new StringArray(in.copy(start, (int) (in.position() - start)), ends, count);
  }

  private NumberArray bools(int count) {
    long start = in.position();
    byte[] bytes = in.raw(count);
    for (int i = 0; i < count; i++) {
      if (bytes[i] != 0 && bytes[i] != 1) {
        throw in.failure(
            start + i, "expected booleans of 0 or 1, got %d".formatted(bytes[i] & 0xFF));
      }
    }
    return new NumberArray(ValueType.BOOL, bytes);
  }

  private GgufValue nested(int count, long countAt, int depth) {
    nestedArrays += count;
    if (depth > MAX_ARRAY_DEPTH || nestedArrays > MAX_NESTED_ARRAYS) {
      throw in.failure(
          countAt,
          "expected arrays in an array, at most %d and no deeper, got %d at depth %d"
              .formatted(MAX_NESTED_ARRAYS, nestedArrays, depth));
    }
    List<GgufValue> arrays = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      arrays.add(array(depth));
    }
    return new GgufValue.Nested(arrays);
  }
}
