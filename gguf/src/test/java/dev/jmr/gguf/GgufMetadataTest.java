package dev.jmr.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GgufMetadataTest {
  @Test
  void answersEmptyForAbsentKeys() {
    GgufMetadata metadata = GgufMetadata.of(Map.of());
    assertThat(metadata.value("k")).isEmpty();
    assertThat(metadata.string("k")).isEmpty();
    assertThat(metadata.integer("k")).isEmpty();
    assertThat(metadata.number("k")).isEmpty();
    assertThat(metadata.bool("k")).isEmpty();
    assertThat(metadata.strings("k")).isEmpty();
    assertThat(metadata.integers("k")).isEmpty();
    assertThat(metadata.floats("k")).isEmpty();
    assertThat(metadata.bools("k")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"UINT8", "INT8", "UINT16", "INT16", "UINT32", "INT32", "UINT64", "INT64"})
  void takesAnyIntegerTypeForAnInteger(ValueType type) {
    GgufMetadata metadata = of(new GgufValue.Int(type, 100));
    assertThat(metadata.integer("k")).hasValue(100);
    assertThat(metadata.number("k")).hasValue(100);
    assertThat(metadata.integers("k")).contains(new int[] {100});
    assertThat(metadata.floats("k")).contains(new float[] {100});
    GgufMetadata array = of(NumberArray.of(type, 1, 2, 127));
    assertThat(array.integers("k")).contains(new int[] {1, 2, 127});
    assertThat(array.floats("k")).contains(new float[] {1, 2, 127});
  }

  @Test
  void keepsUnsignedValuesUnsigned() {
    assertThat(of(GgufValue.uint32(4_294_967_295L)).integer("k")).hasValue(4_294_967_295L);
    assertThat(of(NumberArray.of(ValueType.UINT8, 255)).integers("k")).contains(new int[] {255});
    assertThat(of(GgufValue.uint64(-1)).number("k")).hasValue(0x1p64);
    assertThat(of(GgufValue.uint64(-1))).hasToString("metadata: 1 keys");
    assertThat(GgufValue.uint64(-1)).hasToString("18446744073709551615");
  }

  @Test
  void takesAScalarForAnArrayOfOne() {
    assertThat(of(GgufValue.bool(true)).bools("k")).contains(new boolean[] {true});
    assertThat(of(GgufValue.float32(1.5f)).floats("k")).contains(new float[] {1.5f});
    assertThat(of(GgufValue.uint32(3)).integers("k")).contains(new int[] {3});
  }

  @Test
  void namesTheKeyAndBothTypesOfAMismatch() {
    GgufMetadata text = of(GgufValue.string("x"));
    assertMismatch(() -> text.integer("k"), "expected an integer, got STRING");
    assertMismatch(() -> text.number("k"), "expected a number, got STRING");
    assertMismatch(() -> text.bool("k"), "expected a boolean, got STRING");
    assertMismatch(() -> text.strings("k"), "expected an array of strings, got STRING");
    assertMismatch(() -> text.integers("k"), "expected an array of integers, got STRING");
    assertMismatch(() -> text.floats("k"), "expected an array of numbers, got STRING");
    assertMismatch(() -> text.bools("k"), "expected an array of booleans, got STRING");
    GgufMetadata floats = of(GgufValue.floats(1));
    assertMismatch(() -> floats.string("k"), "expected a string, got ARRAY of FLOAT32");
    assertMismatch(
        () -> floats.integers("k"), "expected an array of integers, got ARRAY of FLOAT32");
    assertMismatch(
        () -> of(GgufValue.strings(List.of("a"))).floats("k"),
        "expected an array of numbers, got ARRAY of STRING");
    assertMismatch(
        () -> of(GgufValue.bools(true)).floats("k"),
        "expected an array of numbers, got ARRAY of BOOL");
  }

  @Test
  void refusesIntegersThatDoNotFit() {
    assertMismatch(
        () -> of(GgufValue.uint64(-1)).integer("k"),
        "expected an integer that fits 63 bits, got 18446744073709551615");
    assertMismatch(
        () -> of(NumberArray.of(ValueType.UINT32, 1, 4_294_967_295L)).integers("k"),
        "expected an integer that fits 31 bits, got 4294967295");
    assertMismatch(
        () -> of(GgufValue.uint64(-1)).integers("k"),
        "expected an integer that fits 31 bits, got 18446744073709551615");
  }

  @Test
  void refusesValuesThatTheirTypeCannotHold() {
    assertThatThrownBy(() -> GgufValue.uint32(-1))
        .isInstanceOf(GgufException.class)
        .hasMessage("value: expected an integer of type UINT32, got -1");
    assertThatThrownBy(() -> NumberArray.of(ValueType.UINT8, 256))
        .isInstanceOf(GgufException.class);
    assertThatThrownBy(() -> new GgufValue.Real(ValueType.BOOL, 1))
        .isInstanceOf(GgufException.class);
    assertThatThrownBy(() -> new GgufValue.Nested(List.of(GgufValue.bool(true))))
        .isInstanceOf(GgufException.class);
  }

  private static GgufMetadata of(GgufValue value) {
    return GgufMetadata.of(Map.of("k", value));
  }

  private static void assertMismatch(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(GgufMetadataException.class)
        .hasMessage("metadata: key k: " + message)
        .extracting("key")
        .isEqualTo("k");
  }
}
