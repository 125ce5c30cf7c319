package dev.jmr.model.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufValue;
import dev.jmr.model.ModelVariant;
import dev.jmr.model.TestModels;
import dev.jmr.model.arch.RopeParameters.Scaling;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The expected numbers were computed outside of this project, in double precision, with the formulas of the Hugging Face
/// transformers library (`modeling_rope_utils`).
class RopeTablesTest {
  @TempDir Path directory;

  @Test
  void turnsLaterPairsSlower() {
    RopeTable table = table(unscaled(16));
    assertFrequencies(
        table,
        1.0000000e+00,
        3.1622777e-01,
        1.0000000e-01,
        3.1622777e-02,
        1.0000000e-02,
        3.1622777e-03,
        1.0000000e-03,
        3.1622777e-04);
    assertThat(table.magnitude()).isEqualTo(1);
    assertThat(table.headSize()).isEqualTo(64);
    assertThat(table.pairing()).isEqualTo(Pairing.HALVES);
  }

  @Test
  void dividesAllFrequenciesByALinearFactor() {
    RopeTable table = table(new RopeParameters(16, 10_000, Scaling.LINEAR, 8, 2048, 1, 32, 1));
    assertFrequencies(
        table,
        1.2500000e-01,
        3.9528471e-02,
        1.2500000e-02,
        3.9528471e-03,
        1.2500000e-03,
        3.9528471e-04,
        1.2500000e-04,
        3.9528471e-05);
    assertThat(table.magnitude()).isEqualTo(1);
  }

  @Test
  void dividesTheSlowFrequenciesByAYarnFactor() {
    RopeTable table = table(new RopeParameters(32, 10_000, Scaling.YARN, 4, 4096, 1, 32, 1));
    assertFrequencies(
        table,
        1.0000000e+00,
        5.6234133e-01,
        3.1622777e-01,
        1.7782794e-01,
        1.0000000e-01,
        5.6234133e-02,
        2.8234622e-02,
        1.3972195e-02,
        6.7857143e-03,
        3.2133790e-03,
        1.4682003e-03,
        6.3509979e-04,
        2.5000000e-04,
        1.4058533e-04,
        7.9056942e-05,
        4.4456985e-05);
    assertClose(table.magnitude(), 1.138629436);
  }

  @Test
  void mixesYarnFrequenciesOfALargeModel() {
    RopeTable table = table(new RopeParameters(64, 150_000, Scaling.YARN, 32, 4096, 1, 32, 1));
    assertClose(table.frequency(0), 1.0000000e+00);
    assertClose(table.frequency(8), 5.0813275e-02);
    assertClose(table.frequency(9), 3.1620752e-02);
    assertClose(table.frequency(12), 7.0157139e-03);
    assertClose(table.frequency(15), 1.2061310e-03);
    assertClose(table.frequency(17), 2.2794780e-04);
    assertClose(table.frequency(18), 3.8308812e-05);
    assertClose(table.frequency(31), 3.0235114e-07);
    assertClose(table.magnitude(), 1.346573590);
  }

  @Test
  void multipliesTheMagnitudeByTheAttentionFactor() {
    assertThat(
            table(new RopeParameters(16, 10_000, Scaling.NONE, 1, 2048, 1.19f, 32, 1)).magnitude())
        .isEqualTo(1.19f);
    assertClose(
        table(new RopeParameters(16, 10_000, Scaling.YARN, 4, 2048, 0.5f, 32, 1)).magnitude(),
        0.569314718);
  }

  @Test
  void dividesFrequenciesByTheFactorsOfALlama3File() {
    assertFrequencies(
        table(TestModels.path("tiny-llama3-bpe"), 512),
        1.0000000e+00,
        1.9392274e-01,
        2.5070687e-02,
        3.2411843e-03,
        3.5355339e-04,
        3.4281022e-05,
        6.6478699e-06,
        1.2891732e-06);
  }

  @Test
  void takesLongFactorsBeyondTheOriginalContext() {
    Path path =
        ModelVariant.of("tiny-llama-spm")
            .put("llama.rope.scaling.original_context_length", GgufValue.uint32(256))
            .tensor("rope_factors_short.weight", Shape.of(8), 1, 1, 1, 1, 1, 1, 1, 2)
            .tensor("rope_factors_long.weight", Shape.of(8), 1, 1, 1, 1, 1, 1, 1, 4)
            .write(directory);
    assertClose(table(path, 256).frequency(7), 1.5811388e-04);
    assertClose(table(path, 257).frequency(7), 7.9056942e-05);
  }

  @Test
  void rejectsFactorsThatCannotDivide() {
    Path path =
        ModelVariant.of("tiny-llama-spm")
            .tensor("rope_freqs.weight", Shape.of(8), 1, 1, 1, 1, 1, 1, 1, 0)
            .write(directory);
    assertThatThrownBy(() -> table(path, 512))
        .isInstanceOf(ModelException.class)
        .hasMessage("tensor rope_freqs.weight: expected positive factors, got 0.0");
  }

  private static RopeParameters unscaled(int dimensions) {
    return new RopeParameters(dimensions, 10_000, Scaling.NONE, 1, 2048, 1, 32, 1);
  }

  private static RopeTable table(RopeParameters rope) {
    float[] factors = new float[rope.dimensionCount() / 2];
    Arrays.fill(factors, 1);
    return RopeTables.of(rope, 64, factors, Pairing.HALVES);
  }

  private static RopeTable table(Path path, int contextLength) {
    try (Gguf gguf = Gguf.open(path)) {
      Shape embedding = gguf.tensor("token_embd.weight").orElseThrow().shape();
      var hp = HyperParameters.of(gguf.metadata(), embedding);
      return RopeTables.of(hp, new Weights(gguf, hp), contextLength, Pairing.INTERLEAVED);
    }
  }

  private static void assertFrequencies(RopeTable table, double... expected) {
    assertThat(table.pairCount()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertClose(table.frequency(i), expected[i]);
    }
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-6 * expected));
  }
}
