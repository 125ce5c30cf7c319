package dev.jmr.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufTest {
  private static final String QUANTIZED = "tinyq-llama-Q4_K_M.gguf";

  @TempDir Path directory;

  @Test
  void readsMetadataInTheOrderOfTheFile() {
    try (Gguf model = Gguf.open(Fixtures.path("tiny-llama-spm-f16.gguf"))) {
      GgufMetadata metadata = model.metadata();
      assertThat(metadata.keys()).hasSize(24).startsWith("general.architecture", "general.name");
      assertThat(metadata.string("general.architecture")).contains("llama");
      assertThat(metadata.integer("llama.context_length")).hasValue(2048);
      assertThat(metadata.number("llama.rope.freq_base")).hasValue(10000);
      assertThat(metadata.bool("tokenizer.ggml.add_bos_token")).contains(true);
      assertThat(metadata.strings("tokenizer.ggml.tokens").orElseThrow().toList())
          .hasSize(384)
          .startsWith("<unk>", "<s>", "</s>");
      assertThat(metadata.floats("tokenizer.ggml.scores").orElseThrow()).hasSize(384);
      assertThat(metadata.integers("tokenizer.ggml.token_type").orElseThrow())
          .hasSize(384)
          .startsWith(2, 3, 3);
    }
  }

  @Test
  void readsTensorsWithTheOutermostAxisFirst() {
    try (Gguf model = Gguf.open(Fixtures.path(QUANTIZED))) {
      assertThat(model.version()).isEqualTo(3);
      assertThat(model.byteSize()).isEqualTo(500_672);
      assertThat(model.tensors())
          .hasSize(20)
          .extracting(Tensor::name)
          .startsWith("output_norm.weight", "token_embd.weight");
      Tensor embedding = model.tensor("token_embd.weight").orElseThrow();
      assertThat(embedding.type()).isEqualTo(TensorType.Q6_K);
      assertThat(embedding.shape()).isEqualTo(Shape.of(288, 256));
      assertThat(model.tensor("token_embd")).isEmpty();
    }
  }

  @Test
  void mapsTensorDataWhereTheFileHasIt() {
    MemorySegment file = MemorySegment.ofArray(Fixtures.bytes(QUANTIZED));
    long embeddingAt = 8448 + 1024;
    try (Gguf model = Gguf.open(Fixtures.path(QUANTIZED))) {
      Tensor embedding = model.tensor("token_embd.weight").orElseThrow();
      assertThat(embedding.data().isReadOnly()).isTrue();
      assertThat(embedding.data().mismatch(file.asSlice(embeddingAt, embedding.byteSize())))
          .isEqualTo(-1);
    }
  }

  @Test
  void keepsMetadataAndDropsDataWhenClosed() {
    Gguf model = Gguf.open(Fixtures.path(QUANTIZED));
    StringArray tokens = model.metadata().strings("tokenizer.ggml.tokens").orElseThrow();
    MemorySegment data = model.tensors().getFirst().data();
    model.close();
    model.close();
    assertThat(tokens.get(1)).isEqualTo("<s>");
    assertThatThrownBy(() -> data.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readsVersion2() {
    byte[] file = Fixtures.bytes(QUANTIZED);
    file[4] = 2;
    assertThat(RawGguf.parse(file).version()).isEqualTo(2);
  }

  @Test
  void readsTensorsBeyondFourGibibytes() throws IOException {
    Path path = directory.resolve("sparse.gguf");
    long large = 5L << 30;
    TensorSource none = channel -> {};
    var encoder =
        new HeaderEncoder(
            Map.of(),
            List.of(
                new HeaderEncoder.Entry("large", TensorType.I8, Shape.of(5, 1 << 30), none),
                new HeaderEncoder.Entry("last", TensorType.I8, Shape.of(32), none)));
    byte[] header = encoder.encode();
    try (var channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(header));
      channel.write(ByteBuffer.wrap(new byte[] {7}), header.length + large + 31);
    }
    try (Gguf model = Gguf.open(path)) {
      MemorySegment last = model.tensor("last").orElseThrow().data();
      assertThat(last.get(ValueLayout.JAVA_BYTE, 31)).isEqualTo((byte) 7);
      assertThat(model.tensor("large").orElseThrow().byteSize()).isEqualTo(large);
    }
    Files.delete(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"models", "tokenizers"})
  void readsEverySharedFixture(String folder) throws IOException {
    Path shared = Fixtures.shared(folder).orElse(Path.of(""));
    assumeTrue(!shared.toString().isEmpty(), "the shared fixtures are not on this machine");
    try (var paths = Files.newDirectoryStream(shared, "*.gguf")) {
      for (Path path : paths) {
        try (Gguf model = Gguf.open(path)) {
          assertThat(model.metadata().string("general.architecture")).as("%s", path).isPresent();
        }
      }
    }
  }
}
