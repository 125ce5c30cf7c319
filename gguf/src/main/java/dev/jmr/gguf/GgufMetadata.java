package dev.jmr.gguf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/// The metadata of a model: values by key, in the order of the file. Immutable, usable by any thread, and still there
/// when the file is closed.
///
/// Each typed finder answers empty when the key is absent, and throws [GgufMetadataException] when the value is there
/// but of another type. Integers of all widths are one kind, and so are floats; where an array is asked for, a scalar
/// stands for an array of one, because real files use both for the same key (`attention.head_count_kv`).
public final class GgufMetadata {
  private final String origin;
  private final Map<String, GgufValue> values;

  /// @param origin what messages call this metadata: the file
  GgufMetadata(String origin, Map<String, GgufValue> values) {
    this.origin = origin;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// Metadata that comes from no file.
  public static GgufMetadata of(Map<String, GgufValue> values) {
    return new GgufMetadata("metadata", values);
  }

  /// What messages call this metadata: the file that it was read from.
  public String origin() {
    return origin;
  }

  /// All keys, in the order of the file.
  public Set<String> keys() {
    return values.keySet();
  }

  public Optional<GgufValue> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  public Optional<String> string(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Text text -> Optional.of(text.value());
      case GgufValue other -> throw mismatch(key, "a string", other);
    };
  }

  /// An integer of any type.
  ///
  /// @throws GgufMetadataException also if it is a `UINT64` from 2⁶³ on
  public OptionalLong integer(String key) {
    return switch (values.get(key)) {
      case null -> OptionalLong.empty();
      case GgufValue.Int number when fitsLong(number.type(), number.value()) ->
          OptionalLong.of(number.value());
      case GgufValue.Int number -> throw outOfRange(key, 63, number.toString());
      case GgufValue other -> throw mismatch(key, "an integer", other);
    };
  }

  /// A float or an integer of any type.
  public OptionalDouble number(String key) {
    return switch (values.get(key)) {
      case null -> OptionalDouble.empty();
      case GgufValue.Real real -> OptionalDouble.of(real.value());
      case GgufValue.Int number -> OptionalDouble.of(asDouble(number));
      case GgufValue other -> throw mismatch(key, "a number", other);
    };
  }

  public Optional<Boolean> bool(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Bool bool -> Optional.of(bool.value());
      case GgufValue other -> throw mismatch(key, "a boolean", other);
    };
  }

  public Optional<StringArray> strings(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case StringArray strings -> Optional.of(strings);
      case NumberArray empty when empty.size() == 0 -> Optional.of(StringArray.of(List.of()));
      case GgufValue other -> throw mismatch(key, "an array of strings", other);
    };
  }

  /// An array of integers of any type, or one integer.
  ///
  /// @throws GgufMetadataException also if an element does not fit an `int`
  public Optional<int[]> integers(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Int number ->
          Optional.of(new int[] {fitInt(key, number.type(), number.value())});
      case NumberArray array when array.elementType().integral() ->
          Optional.of(
              IntStream.range(0, array.size())
                  .map(i -> fitInt(key, array.elementType(), array.integer(i)))
                  .toArray());
      case GgufValue other -> throw mismatch(key, "an array of integers", other);
    };
  }

  /// An array of floats or integers of any type, or one such number.
  public Optional<float[]> floats(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Real real -> Optional.of(new float[] {(float) real.value()});
      case GgufValue.Int number -> Optional.of(new float[] {(float) asDouble(number)});
      case NumberArray array when array.elementType() != ValueType.BOOL ->
          Optional.of(toFloats(array));
      case GgufValue other -> throw mismatch(key, "an array of numbers", other);
    };
  }

  /// An array of booleans, or one boolean.
  public Optional<boolean[]> bools(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Bool bool -> Optional.of(new boolean[] {bool.value()});
      case NumberArray array when array.elementType() == ValueType.BOOL ->
          Optional.of(toBooleans(array));
      case GgufValue other -> throw mismatch(key, "an array of booleans", other);
    };
  }

  private static float[] toFloats(NumberArray array) {
    float[] result = new float[array.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) array.number(i);
    }
    return result;
  }

  private static boolean[] toBooleans(NumberArray array) {
    boolean[] result = new boolean[array.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = array.bool(i);
    }
    return result;
  }

  private static double asDouble(GgufValue.Int number) {
    return number.type() == ValueType.UINT64
        ? NumberArray.unsigned(number.value())
        : number.value();
  }

  private static boolean fitsLong(ValueType type, long value) {
    return type != ValueType.UINT64 || value >= 0;
  }

  private int fitInt(String key, ValueType type, long value) {
    if (value != (int) value || !fitsLong(type, value)) {
      throw outOfRange(key, 31, new GgufValue.Int(type, value).toString());
    }
    return (int) value;
  }

  private GgufMetadataException outOfRange(String key, int bits, String value) {
    return new GgufMetadataException(
        origin, key, "expected an integer that fits %d bits, got %s".formatted(bits, value));
  }

  private GgufMetadataException mismatch(String key, String expected, GgufValue value) {
    return new GgufMetadataException(
        origin, key, "expected %s, got %s".formatted(expected, value.typeName()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GgufMetadata metadata && values.equals(metadata.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return origin + ": " + values.size() + " keys";
  }
}
