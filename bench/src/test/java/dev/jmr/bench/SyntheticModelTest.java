package dev.jmr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.gguf.Gguf;
import dev.jmr.model.quantize.FileType;
import dev.jmr.model.quantize.QuantizeOptions;
import dev.jmr.model.quantize.TypePlan;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SyntheticModelTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void everyMixtureGivesAFileOfTheShapeWithWeightsAsSpreadAsIntended(WeightMixture mixture) {
    Path file = folder.resolve("tiny.gguf");
    new SyntheticModel(ModelShape.named("tiny"), mixture, 1).write(file);
    try (Gguf gguf = Gguf.open(file)) {
      assertThat(gguf.metadata().integer("general.file_type")).hasValue(mixture.fileType());
      assertThat(gguf.tensors()).hasSize(2 + 2 * 9);
      Tensor up = gguf.tensor("blk.1.ffn_up.weight").orElseThrow();
      assertThat(up.shape()).isEqualTo(Shape.of(512, 256));
      assertThat(deviation(up)).isBetween(0.95 / 16, 1.05 / 16);
      Tensor embedding = gguf.tensor("token_embd.weight").orElseThrow();
      assertThat(embedding.shape()).isEqualTo(Shape.of(1024, 256));
      assertThat(deviation(embedding)).isBetween(0.95 * 2 / 16, 1.05 * 2 / 16);
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
    Path first = write("first", 7);
    assertThat(first).hasSameBinaryContentAs(write("second", 7));
    assertThat(Files.mismatch(first, write("third", 8))).isGreaterThan(0);
  }

  @Test
  void llama1bHasTheSizeOfLlama32() {
    SyntheticModel model =
        new SyntheticModel(ModelShape.named("llama-1b"), WeightMixture.Q4_K_M, 1);
    assertThat(model.dataBytes()).isEqualTo(799_862_912L);
  }

  @Test
  void weightsHaveTheTypesThatQuantizingGives() {
    Path file = folder.resolve("tiny.gguf");
    new SyntheticModel(ModelShape.named("tiny"), WeightMixture.Q4_K_M, 1).write(file);
    QuantizeOptions options = new QuantizeOptions(FileType.Q4_K_M, false, true, 1);
    try (Gguf gguf = Gguf.open(file)) {
      assertThat(gguf.tensors()).anyMatch(tensor -> tensor.type() == TensorType.Q6_K);
      assertThat(TypePlan.of(gguf, options).tensors()).noneMatch(TypePlan.Assignment::converts);
    }
  }

  @Test
  void expertsAreThreeDimensionalAndTheRouterStaysF32() {
    Path file = folder.resolve("mixtral.gguf");
    new SyntheticModel(ModelShape.named("mixtral-tiny"), WeightMixture.Q8_0, 1).write(file);
    try (Gguf gguf = Gguf.open(file)) {
      Tensor down = gguf.tensor("blk.0.ffn_down_exps.weight").orElseThrow();
      assertThat(down.shape()).isEqualTo(Shape.of(4, 256, 512));
      Tensor router = gguf.tensor("blk.0.ffn_gate_inp.weight").orElseThrow();
      assertThat(router.type()).isEqualTo(TensorType.F32);
      assertThat(gguf.metadata().integer("llama.expert_used_count")).hasValue(2);
      assertThat(gguf.tensor("output.weight")).isPresent();
    }
  }

  @Test
  void theDenseTwinOfTheExpertsHasAsManyActiveBytes() {
    SyntheticModel dense = model("mixtral-active");
    SyntheticModel experts = model("mixtral-8x150m");
    long matrix = 2048L * 2048;
    long q4 = TensorType.Q4_K.byteSize(Shape.of(matrix));
    long q6 = TensorType.Q6_K.byteSize(Shape.of(matrix));
    long router = 8 * 2048 * Float.BYTES;
    // Six of eight experts rest; half of the blocks have a finer down projection.
    long resting = 6 * (12 * 2 * q4 + 6 * q4 + 6 * q6);
    assertThat(experts.dataBytes() - 12 * router - resting).isEqualTo(dense.dataBytes());
  }

  @Test
  void otherFamiliesHaveTheirOwnTensorsAndKeys() {
    Path file = folder.resolve("qwen3.gguf");
    new SyntheticModel(ModelShape.named("qwen3-0.6b"), WeightMixture.Q4_0, 1).write(file);
    try (Gguf gguf = Gguf.open(file)) {
      assertThat(gguf.metadata().integer("qwen3.attention.key_length")).hasValue(128);
      assertThat(gguf.tensor("blk.27.attn_k_norm.weight").orElseThrow().shape())
          .isEqualTo(Shape.of(128));
      assertThat(gguf.tensor("blk.0.attn_q.weight").orElseThrow().shape())
          .isEqualTo(Shape.of(2048, 1024));
    }
    SyntheticModel gemma = new SyntheticModel(ModelShape.named("gemma3-1b"), WeightMixture.F16, 1);
    assertThat(gemma.dataBytes()).isEqualTo(2 * 999_751_680L + 4 * (26 * (4 * 1152 + 512) + 1152));
  }

  @Test
  void ropeFactorsRunFromOneToTheWholeScaling() {
    float[] factors = RopeFactors.llama3(64, 500_000, 32);
    assertThat(factors).hasSize(32).startsWith(1, 1, 1).endsWith(32, 32, 32);
    assertThat(factors).isSorted();
  }

  private static SyntheticModel model(String shape) {
    return new SyntheticModel(ModelShape.named(shape), WeightMixture.Q4_K_M, 1);
  }

  private Path write(String name, long seed) {
    Path file = folder.resolve(name);
    new SyntheticModel(ModelShape.named("tiny"), WeightMixture.Q4_K_M, seed).write(file);
    return file;
  }

  private static double deviation(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().elementCount()];
    tensor.type().format().dequantize(tensor.data(), 0, values, 0, values.length);
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }
}
