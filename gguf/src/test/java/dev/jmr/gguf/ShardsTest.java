package dev.jmr.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardsTest {
  private static final Path ORIGINAL = Fixtures.path("tinyq-llama-Q4_K_M.gguf");

  @TempDir Path directory;
  private List<Path> shards = List.of();

  @BeforeEach
  void split() {
    shards = writeShards("model", 200_000);
    assertThat(shards).hasSize(3);
  }

  @Test
  void opensAModelGivenAnyShard() {
    try (Gguf original = Gguf.open(ORIGINAL)) {
      for (Path shard : shards) {
        try (Gguf model = Gguf.open(shard)) {
          assertSameModel(model, original);
          assertThat(model.path()).isEqualTo(shards.getFirst());
          assertThat(model.paths()).isEqualTo(shards);
          assertThat(model.byteSize()).isGreaterThan(original.byteSize());
        }
      }
    }
  }

  @Test
  void opensShardsOfAnyNameInOrder() throws IOException {
    List<Path> renamed = List.of(rename(0, "a"), rename(1, "b"), rename(2, "c"));
    try (Gguf original = Gguf.open(ORIGINAL);
        Gguf model = Gguf.open(renamed)) {
      assertSameModel(model, original);
    }
    assertThatThrownBy(() -> Gguf.open(renamed.reversed()))
        .isInstanceOf(GgufException.class)
        .hasMessageEndingWith("key split.no: expected 0, got 2; the shards are not of one model");
  }

  @Test
  void opensASplitOfOne() {
    Path only = writeShards("single", Long.MAX_VALUE).getFirst();
    assertThat(only).hasFileName("single-00001-of-00001.gguf");
    try (Gguf original = Gguf.open(ORIGINAL);
        Gguf model = Gguf.open(only)) {
      assertSameModel(model, original);
    }
  }

  @Test
  void dropsTheSplitKeysWhenShardsBecomeOneFile() {
    Path merged = directory.resolve("merged.gguf");
    try (Gguf model = Gguf.open(shards.get(1))) {
      var writer = new GgufWriter().putAll(model.metadata());
      model.tensors().forEach(writer::tensor);
      writer.write(merged);
    }
    try (Gguf original = Gguf.open(ORIGINAL);
        Gguf model = Gguf.open(merged)) {
      assertThat(model.metadata()).isEqualTo(original.metadata());
      assertSameModel(model, original);
    }
  }

  @Test
  void namesTheShardThatIsMissing() throws IOException {
    Files.delete(shards.get(2));
    assertThatThrownBy(() -> Gguf.open(shards.getFirst()))
        .isInstanceOf(GgufException.class)
        .hasMessage(shards.get(2) + ": no such file");
  }

  @Test
  void saysHowAShardMustBeNamed() throws IOException {
    Path renamed = rename(0, "first.gguf");
    assertThatThrownBy(() -> Gguf.open(renamed))
        .isInstanceOf(GgufException.class)
        .hasMessage(
            renamed
                + ": expected a name like model-00001-of-00003.gguf for one of 3 shards; rename the files or pass all of them");
  }

  @Test
  void refusesAShardOfAnotherModel() throws IOException {
    Path other = writeShards("other", 150_000).getFirst();
    Files.copy(other, shards.get(1), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> Gguf.open(shards.getFirst()))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("key split.count: expected 3, got 4");
  }

  @Test
  void refusesAShardInTwoPlaces() throws IOException {
    Files.copy(shards.get(2), shards.get(1), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> Gguf.open(shards.getFirst()))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("key split.no: expected 1, got 2");
  }

  private List<Path> writeShards(String prefix, long maxDataBytes) {
    try (Gguf original = Gguf.open(ORIGINAL)) {
      var writer = new GgufWriter().putAll(original.metadata());
      original.tensors().forEach(writer::tensor);
      return writer.writeShards(directory, prefix, maxDataBytes);
    }
  }

  private Path rename(int shard, String name) throws IOException {
    return Files.move(shards.get(shard), directory.resolve(name));
  }

  private static void assertSameModel(Gguf model, Gguf original) {
    assertThat(model.metadata().keys()).containsAll(original.metadata().keys());
    assertThat(model.metadata().strings("tokenizer.ggml.tokens"))
        .isEqualTo(original.metadata().strings("tokenizer.ggml.tokens"));
    assertThat(model.tensors()).hasSameSizeAs(original.tensors());
    for (Tensor expected : original.tensors()) {
      Tensor actual = model.tensor(expected.name()).orElseThrow();
      assertThat(actual).hasToString(expected.toString());
      assertThat(actual.data().mismatch(expected.data())).as(expected.name()).isEqualTo(-1);
    }
  }
}
