package dev.jmr.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.TensorType;
import org.junit.jupiter.api.Test;

class GgufTest {
  @Test
  void readsAFile() {
    try (Gguf model = Gguf.open(Fixtures.path("tinyq-llama-Q4_K_M.gguf"))) {
      assertThat(model.version()).isEqualTo(3);
      assertThat(model.tensors()).hasSize(20);
      var embedding = model.tensor("token_embd.weight").orElseThrow();
      assertThat(embedding.type()).isEqualTo(TensorType.Q6_K);
      assertThat(embedding.shape()).isEqualTo(Shape.of(288, 256));
      assertThat(model.byteSize()).isEqualTo(500_672);
    }
  }
}
