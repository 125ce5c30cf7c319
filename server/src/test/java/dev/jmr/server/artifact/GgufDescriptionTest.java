package dev.jmr.server.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.GgufWriter;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufDescriptionTest {
  @TempDir private Path directory;

  @Test
  void describesAModelAsDockerModelRunnerDoes() {
    Path file = directory.resolve("m.gguf");
    try (Arena arena = Arena.ofConfined()) {
      new GgufWriter()
          .put("general.architecture", GgufValue.string("llama"))
          .put("general.file_type", GgufValue.uint32(15))
          .put("llama.context_length", GgufValue.uint32(40960))
          .put("llama.rope.freq_base", GgufValue.float32(10000f))
          .put("flag", GgufValue.bool(true))
          .put("numbers", GgufValue.integers(1, -2, 3))
          .put("floats", GgufValue.floats(0.5f, 1f))
          .put("tags", GgufValue.strings(List.of("a", "b")))
          .put("fifty", GgufValue.strings(Collections.nCopies(50, "x")))
          .put("many", GgufValue.strings(Collections.nCopies(51, "x")))
          .tensor(
              new dev.jmr.tensor.Tensor(
                  "w", TensorType.F32, Shape.of(1000, 1234), arena.allocate(4 * 1_234_000L)))
          .write(file);
    }

    ModelConfig config = GgufDescription.describe(List.of(file));

    assertThat(config.format()).isEqualTo("gguf");
    assertThat(config.architecture()).isEqualTo("llama");
    assertThat(config.quantization()).isEqualTo("Q4_K_M");
    assertThat(config.parameters()).isEqualTo("1.23M");
    assertThat(config.size()).isEqualTo("4.71MiB");
    assertThat(config.contextSize()).as("the trained maximum is no wish").isEmpty();
    assertThat(config.metadata())
        .containsEntry("llama.context_length", "40960")
        .containsEntry("llama.rope.freq_base", "10000.000000")
        .containsEntry("flag", "true")
        .containsEntry("numbers", "1, -2, 3")
        .containsEntry("floats", "0.500000, 1.000000")
        .containsEntry("tags", "a, b")
        .containsKey("fifty")
        .doesNotContainKey("many");
  }

  @Test
  void writesQuantitiesWithUnits() {
    assertThat(Quantity.parameters(0)).isEqualTo("0");
    assertThat(Quantity.parameters(999)).isEqualTo("999");
    assertThat(Quantity.parameters(361_821_120)).isEqualTo("361.82M");
    assertThat(Quantity.parameters(8_000_000_000L)).isEqualTo("8B");
    assertThat(Quantity.bytes(268_802_498)).isEqualTo("256.35MiB");
    assertThat(Quantity.bytes(1 << 30)).isEqualTo("1GiB");
  }
}
