package dev.jmr.kernels.cpu.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.kernels.cpu.RandomWeights;
import dev.jmr.kernels.cpu.vector.Lanes;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every tensor type's kernel in both forms against the type's reference decoder.
class LinearKernelTest {
  /// Error of a sum, relative to the sum of the absolute products.
  private static final double TOLERANCE = 2e-6;

  /// Where a block has its half-precision scale.
  private static final Map<TensorType, Integer> SCALE_AT =
      Map.of(
          TensorType.Q8_0, 0,
          TensorType.Q2_K, 80,
          TensorType.Q3_K, 108,
          TensorType.Q4_K, 0,
          TensorType.Q5_K, 0,
          TensorType.Q6_K, 208,
          TensorType.IQ4_XS, 0);

  static Stream<TensorType> types() {
    return Arrays.stream(TensorType.values()).filter(TensorType::computable);
  }

  @ParameterizedTest
  @MethodSource("types")
  void dotAgreesWithTheReference(TensorType type) {
    Random random = new Random(type.id());
    for (int blocks : new int[] {1, 2, 8, 9, 17}) {
      int columns = blocks * Math.max(32, type.blockSize());
      checkDot(type, 3, columns, random);
    }
    checkDot(type, 257, 256, random);
  }

  @ParameterizedTest
  @MethodSource("types")
  void twoTokensAtOnceAgreeWithTheReference(TensorType type) {
    Random random = new Random(type.id());
    for (int blocks : new int[] {1, 2, 9}) {
      int columns = blocks * Math.max(128, type.blockSize());
      for (int rows : new int[] {1, 3, 4, 9}) {
        checkPair(type, rows, columns, random);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void panelAgreesWithTheReference(TensorType type) {
    Random random = new Random(type.id());
    int block = Math.max(32, type.blockSize());
    checkPanel(type, 1, block, 1, random);
    checkPanel(type, 13, 3 * block, 5, random);
    checkPanel(type, 96, 2 * 256, 33, random);
    checkPanel(type, 95, 256 + block, 64, random);
  }

  @ParameterizedTest
  @EnumSource(
      value = TensorType.class,
      names = {"F32", "F16", "BF16"})
  void anyNumberOfColumnsIsComputed(TensorType type) {
    Random random = new Random(7);
    for (int columns : new int[] {1, 3, 31, 33, 100, 255, 257}) {
      checkDot(type, 5, columns, random);
      checkPanel(type, 5, columns, 7, random);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void zerosAndExtremesAreExact(TensorType type) {
    try (Arena arena = Arena.ofConfined()) {
      int columns = Math.max(256, type.blockSize());
      Tensor weight = RandomWeights.of(arena, type, 2, columns, new Random(3));
      float[] zeros = new float[columns];
      assertThat(dot(weight, zeros)).containsOnly(0f);
      weight.data().fill((byte) 0);
      float[] ones = new float[columns];
      Arrays.fill(ones, 1);
      assertThat(dot(weight, ones)).containsExactly(exact(weight, ones));
    }
  }

  @Test
  void nanScalesReachTheResult() {
    try (Arena arena = Arena.ofConfined()) {
      for (TensorType type : SCALE_AT.keySet()) {
        Tensor weight = RandomWeights.of(arena, type, 1, 256, new Random(4));
        weight.data().set(ValueLayout.JAVA_SHORT_UNALIGNED, SCALE_AT.get(type), (short) 0x7E00);
        float[] ones = new float[256];
        Arrays.fill(ones, 1);
        assertThat(dot(weight, ones)[0]).as(type.name()).isNaN();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TensorType.class,
      names = {"Q4_0", "Q4_1", "Q5_0", "Q5_1", "IQ4_NL", "Q8_0"})
  void scalesOfEverySizeCount(TensorType type) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor weight = RandomWeights.of(arena, type, 1, 128, new Random(6));
      float[] large = new float[128];
      for (int block = 0; block < 4; block++) {
        Arrays.fill(large, 32 * block, 32 * block + 32, 1 << (3 * block));
      }
      for (int scale = 0; scale < 0x7C00; scale += 37) {
        for (int block = 0; block < 4; block++) {
          long at = (long) block * type.blockBytes();
          int sign = block % 2 << 15;
          weight.data().set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) (scale ^ sign));
        }
        assertClose(type + " scale " + scale, dot(weight, large)[0], weight, 0, large, 0);
      }
    }
  }

  @Test
  void everyPowerOfTwoIsAScaleOfMxfp4() {
    try (Arena arena = Arena.ofConfined()) {
      for (int columns : new int[] {32, 128}) {
        Tensor weight = RandomWeights.of(arena, TensorType.MXFP4, 1, columns, new Random(11));
        float[] x = RandomWeights.activations(columns, new Random(12));
        for (int exponent = 0; exponent < 240; exponent++) {
          for (long at = 0; at < weight.data().byteSize(); at += TensorType.MXFP4.blockBytes()) {
            weight.data().set(ValueLayout.JAVA_BYTE, at, (byte) exponent);
          }
          assertThat((double) dot(weight, x)[0])
              .as("exponent " + exponent)
              .isCloseTo(exact(weight, x)[0], TestErrors.within(Math.scalb(1e-3, exponent - 127)));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TensorType.class,
      names = {"Q4_0", "Q4_1", "Q5_0", "Q5_1", "IQ4_NL", "MXFP4"})
  void rowsThatAreNotWholeFoursOfBlocksAreFastAsWell(TensorType type) {
    try (Arena arena = Arena.ofConfined()) {
      for (int columns : new int[] {32, 96, 128, 160, 896, 2880}) {
        Tensor weight = RandomWeights.of(arena, type, 3, columns, new Random(8));
        assertThat(LinearKernels.isFast(weight)).isTrue();
        checkDot(type, 3, columns, new Random(9));
        checkPanel(type, 5, columns, 3, new Random(10));
      }
    }
  }

  @Test
  void halfPrecisionSubnormalsCount() {
    try (Arena arena = Arena.ofConfined()) {
      int columns = 2 * Lanes.COUNT;
      Tensor weight = RandomWeights.of(arena, TensorType.F16, 1, columns, new Random(5));
      for (int i = 0; i < columns; i++) {
        weight.data().set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, (short) (i + 1));
      }
      float[] large = new float[columns];
      Arrays.fill(large, 1e4f);
      assertThat(dot(weight, large)[0])
          .isCloseTo(exact(weight, large)[0], TestErrors.relative(1e-6));
    }
  }

  private static void checkDot(TensorType type, int rows, int columns, Random random) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor weight = RandomWeights.of(arena, type, rows, columns, random);
      float[] x = RandomWeights.activations(columns, random);
      float[] result = dot(weight, x);
      for (int r = 0; r < rows; r++) {
        assertClose(type + " row " + r + " of " + columns, result[r], weight, r, x, 0);
      }
    }
  }

  private static void checkPanel(
      TensorType type, int rows, int columns, int tokens, Random random) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor weight = RandomWeights.of(arena, type, rows, columns, random);
      float[] x = RandomWeights.activations(tokens * columns, random);
      float[] out = panel(weight, x, rows, columns, tokens);
      for (int t = 0; t < tokens; t++) {
        for (int r = 0; r < rows; r++) {
          float result = out[1 + t * (rows + 2) + r];
          assertClose(type + " panel row " + r, result, weight, r, x, t * columns);
        }
        assertThat(out[t * (rows + 2)]).as("what is not of the tile stays").isZero();
      }
    }
  }

  /// `[T, rows + 2]`, of which the first column and the last are not written.
  private static float[] panel(Tensor weight, float[] x, int rows, int columns, int tokens) {
    LinearKernel kernel = LinearKernels.of(weight);
    int width = PanelMatmul.WIDTH;
    float[] panels = new float[PanelMatmul.panels(tokens) * width * columns];
    Arrays.fill(panels, Float.NaN);
    for (int t = 0; t < tokens; t += width) {
      int count = Math.min(width, tokens - t);
      kernel.order().packPanel(x, t * columns, columns, count, width, panels, t * columns);
    }
    float[] out = new float[tokens * (rows + 2)];
    new PanelMatmul(tokens)
        .multiply(
            kernel,
            weight.data(),
            0,
            (int) weight.rowBytes(),
            rows,
            columns,
            panels,
            0,
            tokens,
            out,
            1,
            rows + 2);
    return out;
  }

  @Test
  void aPanelThatIsHalfFullGivesTheSameNumbersAsAFullOne() {
    try (Arena arena = Arena.ofConfined()) {
      int rows = 13;
      int columns = 2 * PanelMatmul.DEPTH + 32;
      Tensor weight = RandomWeights.of(arena, TensorType.Q8_0, rows, columns, new Random(11));
      float[] x = RandomWeights.activations(PanelMatmul.WIDTH * columns, new Random(12));
      float[] full = panel(weight, x, rows, columns, PanelMatmul.WIDTH);
      for (int tokens : new int[] {1, Lanes.COUNT - 1, Lanes.COUNT}) {
        float[] part = panel(weight, x, rows, columns, tokens);
        assertThat(part).containsExactly(Arrays.copyOf(full, part.length));
      }
    }
  }

  private static void assertClose(
      String what, float result, Tensor weight, int row, float[] x, int offset) {
    float[] w = RandomWeights.row(weight, row);
    double sum = 0;
    double size = 0;
    for (int k = 0; k < w.length; k++) {
      sum += (double) w[k] * x[offset + k];
      size += Math.abs((double) w[k] * x[offset + k]);
    }
    assertThat((double) result)
        .as(what)
        .isCloseTo(sum, TestErrors.within(TOLERANCE * size + 1e-30));
  }

  private static void checkPair(TensorType type, int rows, int columns, Random random) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor weight = RandomWeights.of(arena, type, rows, columns, random);
      LinearKernel kernel = LinearKernels.of(weight);
      ActivationOrder order = kernel.order();
      int length = order.packedLength(columns);
      float[] packed = new float[2 * length + 3];
      float[][] x = new float[2][];
      TokenPair pair = new TokenPair();
      pair.set(length + 3, 2, 1, rows + 2);
      for (int t = 0; t < 2; t++) {
        x[t] = RandomWeights.activations(columns, random);
        int to = t == 0 ? pair.firstX() : pair.secondX();
        order.pack(x[t], 0, columns, 0, columns / order.blockLength(), packed, to);
      }
      float[] out = new float[2 * rows + 3];
      float[] scratch = new float[LinearKernel.SCRATCH];
      int rowBytes = (int) weight.rowBytes();
      kernel.dot(weight.data(), 0, rowBytes, rows, columns, packed, out, pair, scratch);
      for (int r = 0; r < rows; r++) {
        assertClose(type + " first, row " + r, out[1 + r], weight, r, x[0], 0);
        assertClose(type + " second, row " + r, out[rows + 2 + r], weight, r, x[1], 0);
      }
      assertThat(new float[] {out[0], out[rows + 1], out[2 * rows + 2]}).containsOnly(0f);
    }
  }

  private static float[] dot(Tensor weight, float[] x) {
    LinearKernel kernel = LinearKernels.of(weight);
    int columns = x.length;
    int rows = (int) weight.shape().rows();
    ActivationOrder order = kernel.order();
    float[] packed = new float[order.packedLength(columns)];
    order.pack(x, 0, columns, 0, columns / order.blockLength(), packed, 0);
    float[] out = new float[rows];
    float[] scratch = new float[LinearKernel.SCRATCH];
    kernel.dot(
        weight.data(), 0, (int) weight.rowBytes(), rows, columns, packed, 0, out, 0, scratch);
    return out;
  }

  private static float[] exact(Tensor weight, float[] x) {
    float[] sums = new float[(int) weight.shape().rows()];
    for (int r = 0; r < sums.length; r++) {
      float[] w = RandomWeights.row(weight, r);
      double sum = 0;
      for (int k = 0; k < w.length; k++) {
        sum += (double) w[k] * x[k];
      }
      sums[r] = (float) sum;
    }
    return sums;
  }
}
