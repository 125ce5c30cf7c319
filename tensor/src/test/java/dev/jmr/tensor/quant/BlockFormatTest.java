package dev.jmr.tensor.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.ShapeMismatchException;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.UnsupportedTensorTypeException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every format promises, held against the bytes and floats of ggml.
class BlockFormatTest {
  /// Every type with a format; F32 has no golden file.
  static Stream<TensorType> golden() {
    return Arrays.stream(TensorType.values())
        .filter(TensorType::computable)
        .filter(type -> type != TensorType.F32);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void hasTheIdAndBlocksOfGgml(TensorType type) {
    Golden golden = Golden.of(type.name());

    assertThat(type.id()).isEqualTo(golden.id());
    assertThat(type.blockSize()).isEqualTo(golden.blockSize());
    assertThat(type.blockBytes()).isEqualTo(golden.blockBytes());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void dequantizesToTheSameBitsAsGgml(TensorType type) {
    Golden golden = Golden.of(type.name());

    for (int row = 0; row < golden.raw().size(); row++) {
      float[] expected = golden.values().get(row);
      float[] actual = new float[expected.length];
      MemorySegment source = MemorySegment.ofArray(golden.raw().get(row));
      type.format().dequantize(source, 0, actual, 0, actual.length);
      assertThat(actual).as("row %d", row).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void readsOffHeapAtOddOffsetsAndWritesOnlyItsRange(TensorType type) {
    Golden golden = Golden.of(type.name());
    byte[] raw = golden.raw().get(0);
    float[] expected = golden.values().get(0);
    int blockSize = type.blockSize();

    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate(raw.length + 3L);
      MemorySegment.copy(MemorySegment.ofArray(raw), 0, source, 3, raw.length);
      float[] actual = new float[blockSize + 2];
      actual[0] = -7;
      actual[blockSize + 1] = 7;
      type.format().dequantize(source, 3L + type.blockBytes(), actual, 1, blockSize);

      assertThat(actual[0]).isEqualTo(-7);
      assertThat(Arrays.copyOfRange(actual, 1, blockSize + 1))
          .isEqualTo(Arrays.copyOfRange(expected, blockSize, 2 * blockSize));
      assertThat(actual[blockSize + 1]).isEqualTo(7);
    }
  }

  @Test
  void f32KeepsEveryBit() {
    float[] row = {0, -0f, 1, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY};
    float[] actual = new float[row.length];
    MemorySegment bytes = MemorySegment.ofArray(new byte[1 + 4 * row.length]);

    BlockFormat f32 = TensorType.F32.format();
    f32.quantize(row, 0, bytes, 1, row.length);
    f32.dequantize(bytes, 1, actual, 0, row.length);

    assertThat(actual).isEqualTo(row);
  }

  @Test
  void rejectsPartOfABlock() {
    MemorySegment bytes = MemorySegment.ofArray(new byte[100]);

    assertThatThrownBy(() -> new Q4_0().dequantize(bytes, 0, new float[64], 0, 33))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage("dequantize Q4_0: expected a multiple of 32 elements, got 33");
  }

  static Stream<TensorType> readOnly() {
    return golden().filter(type -> !type.format().quantizes());
  }

  @ParameterizedTest
  @MethodSource("readOnly")
  void quantizesOnlyWhereItSaysSo(TensorType type) {
    BlockFormat format = type.format();
    MemorySegment target = MemorySegment.ofArray(new byte[format.blockBytes()]);
    float[] zeros = new float[format.blockSize()];

    assertThatThrownBy(() -> format.quantize(zeros, 0, target, 0, zeros.length))
        .isInstanceOf(UnsupportedTensorTypeException.class)
        .hasMessage("quantize: " + type + " can only be read");
  }
}
