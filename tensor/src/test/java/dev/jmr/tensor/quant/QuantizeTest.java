package dev.jmr.tensor.quant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How well the quantizers do, held against those of ggml.
class QuantizeTest {
  static Stream<TensorType> quantizing() {
    return Arrays.stream(TensorType.values())
        .filter(type -> type.computable() && type.format().quantizes());
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"})
  void writesTheBytesThatGgmlWrites(TensorType type) {
    Golden golden = Golden.of(type.name());
    List<float[]> source = Golden.source();

    for (int row = 0; row < source.size(); row++) {
      byte[] actual = quantize(type, source.get(row));
      assertThat(actual).as("row %d", row).isEqualTo(golden.raw().get(row));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K"})
  void losesNoMoreThanGgmlInAnyRow(TensorType type) {
    Golden golden = Golden.of(type.name());
    List<float[]> source = Golden.source();

    for (int row = 0; row < source.size(); row++) {
      double ours = relativeError(source.get(row), roundTrip(type, source.get(row)));
      double ggmls = relativeError(source.get(row), golden.values().get(row));
      assertThat(ours).as("row %d", row).isLessThanOrEqualTo(ggmls);
    }
  }

  @ParameterizedTest
  @MethodSource("quantizing")
  void keepsZeros(TensorType type) {
    for (float value : roundTrip(type, new float[256])) {
      assertThat(Math.abs(value)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("quantizing")
  void keepsAConstantRow(TensorType type) {
    float[] constant = new float[256];
    Arrays.fill(constant, 0.75f);

    for (float value : roundTrip(type, constant)) {
      assertThat(value).isBetween(0.74f, 0.76f);
    }
  }

  @ParameterizedTest
  @MethodSource("quantizing")
  void quantizingTheDequantizedLosesNextToNothing(TensorType type) {
    float[] once = roundTrip(type, Golden.source().get(0));

    assertThat(relativeError(once, roundTrip(type, once))).isLessThan(0.006);
  }

  @Test
  void q8_0RoundsHalvesAwayFromZero() {
    float[] row = new float[32];
    row[0] = 127;
    row[1] = -63.5f;
    row[2] = 63.5f;

    assertThat(quantize(TensorType.Q8_0, row)).startsWith(0x00, 0x3c, 127, -64, 64, 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void keepsWhatIsNotFinite(TensorType type) {
    float[] row = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f};

    assertThat(roundTrip(type, row)).isEqualTo(row);
  }

  private static byte[] quantize(TensorType type, float[] row) {
    byte[] bytes = new byte[row.length / type.blockSize() * type.blockBytes()];
    type.format().quantize(row, 0, MemorySegment.ofArray(bytes), 0, row.length);
    return bytes;
  }

  private static float[] roundTrip(TensorType type, float[] row) {
    float[] result = new float[row.length];
    MemorySegment bytes = MemorySegment.ofArray(quantize(type, row));
    type.format().dequantize(bytes, 0, result, 0, row.length);
    return result;
  }

  /// Root of the squared error over the squared signal.
  private static double relativeError(float[] expected, float[] actual) {
    double error = 0;
    double signal = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = (double) expected[i] - actual[i];
      error += difference * difference;
      signal += (double) expected[i] * expected[i];
    }
    return Math.sqrt(error / signal);
  }
}
