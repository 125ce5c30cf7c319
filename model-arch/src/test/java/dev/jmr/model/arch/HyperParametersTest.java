package dev.jmr.model.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.GgufMetadata;
import dev.jmr.gguf.GgufMetadataException;
import dev.jmr.gguf.GgufValue;
import dev.jmr.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HyperParametersTest {
  private static final Shape EMBEDDING = Shape.of(320, 64);

  private final Map<String, GgufValue> metadata = new LinkedHashMap<>();

  HyperParametersTest() {
    metadata.put("general.architecture", GgufValue.string("llama"));
    metadata.put("llama.block_count", GgufValue.uint32(3));
    metadata.put("llama.context_length", GgufValue.uint32(2048));
    metadata.put("llama.embedding_length", GgufValue.uint32(64));
    metadata.put("llama.feed_forward_length", GgufValue.uint32(96));
    metadata.put("llama.attention.head_count", GgufValue.uint32(4));
    metadata.put("llama.attention.head_count_kv", GgufValue.uint32(2));
    metadata.put("llama.attention.layer_norm_rms_epsilon", GgufValue.float32(1e-5f));
  }

  private HyperParameters read() {
    return HyperParameters.of(GgufMetadata.of(metadata), EMBEDDING);
  }

  private HyperParameters read(String suffix, GgufValue value) {
    metadata.put("llama." + suffix, value);
    return read();
  }

  @Test
  void readsWhatTheFileSays() {
    HyperParameters hp = read();
    assertThat(hp.blockCount()).isEqualTo(3);
    assertThat(hp.contextLength()).isEqualTo(2048);
    assertThat(hp.embeddingLength()).isEqualTo(64);
    assertThat(hp.feedForwardLength()).isEqualTo(96);
    assertThat(hp.vocabularySize()).isEqualTo(320);
    assertThat(hp.headCount()).isEqualTo(4);
    assertThat(hp.headCountKv()).isEqualTo(2);
    assertThat(hp.headSize()).isEqualTo(16);
    assertThat(hp.queryWidth()).isEqualTo(64);
    assertThat(hp.kvWidth()).isEqualTo(32);
    assertThat(hp.layerNormRmsEpsilon()).isEqualTo(1e-5f);
    assertThat(hp.slidingWindow()).isZero();
    assertThat(hp.expertCount()).isZero();
    assertThat(hp.rope())
        .isEqualTo(new RopeParameters(16, 10_000, RopeParameters.Scaling.NONE, 1, 2048, 1, 32, 1));
  }

  @Test
  void hasAsManyKeyValueHeadsAsHeadsUnlessTheFileSaysOtherwise() {
    metadata.remove("llama.attention.head_count_kv");
    assertThat(read().headCountKv()).isEqualTo(4);
  }

  @Test
  void takesTheHeadSizeFromTheFile() {
    metadata.put("llama.attention.value_length", GgufValue.uint32(32));
    HyperParameters hp = read("attention.key_length", GgufValue.uint32(32));
    assertThat(hp.headSize()).isEqualTo(32);
    assertThat(hp.queryWidth()).isEqualTo(128);
    assertThat(hp.rope().dimensionCount()).isEqualTo(32);
  }

  @Test
  void readsOneValuePerBlockWhereAllAreEqual() {
    assertThat(read("attention.head_count", GgufValue.integers(8, 8, 8)).headCount()).isEqualTo(8);
  }

  @Test
  void rejectsBlocksThatDiffer() {
    assertThatThrownBy(() -> read("attention.head_count_kv", GgufValue.integers(2, 4, 2)))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessage(
            "llama.attention.head_count_kv: expected the same value for all blocks, got [2, 4, 2]; models whose blocks differ in it are not supported");
  }

  @Test
  void rejectsAnArrayOfAnotherLengthThanThereAreBlocks() {
    assertThatThrownBy(() -> read("feed_forward_length", GgufValue.integers(96, 96)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "llama.feed_forward_length: expected one value or one for each of 3 blocks, got 2 values");
    assertThatThrownBy(() -> read("feed_forward_length", GgufValue.integers()))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("got 0 values");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "block_count",
        "context_length",
        "embedding_length",
        "attention.head_count",
        "attention.layer_norm_rms_epsilon"
      })
  void rejectsMissingKeys(String suffix) {
    metadata.remove("llama." + suffix);
    assertThatThrownBy(() -> read().layerNormRmsEpsilon())
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("llama." + suffix + ": expected ")
        .hasMessageEndingWith(", got nothing");
  }

  @ParameterizedTest
  @CsvSource({
    "block_count, 0",
    "block_count, 4294967295",
    "context_length, 0",
    "context_length, 67108865",
    "embedding_length, 0",
    "feed_forward_length, 1048577",
    "attention.head_count, 0",
    "attention.head_count_kv, 0",
    "attention.key_length, 0",
    "attention.key_length, 8193",
    "attention.sliding_window, 67108865",
    "expert_count, 4097",
    "rope.dimension_count, 0",
    "rope.dimension_count, 17",
  })
  void rejectsIntegersOutOfRange(String suffix, long value) {
    assertThatThrownBy(() -> read(suffix, GgufValue.uint32(value)))
        .isInstanceOfAny(ModelException.class, GgufMetadataException.class)
        .hasMessageContaining("llama." + suffix + ": expected an integer ")
        .hasMessageEndingWith("got " + value);
  }

  @ParameterizedTest
  @CsvSource({
    "attention.layer_norm_rms_epsilon, NaN",
    "attention.layer_norm_rms_epsilon, -1e-5",
    "attention.layer_norm_rms_epsilon, Infinity",
    "rope.freq_base, NaN",
    "rope.freq_base, 0",
    "rope.freq_base, 1",
    "rope.scaling.factor, -1",
    "rope.scaling.factor, NaN",
    "rope.scaling.factor, 1e-30",
    "rope.scaling.attn_factor, 0",
    "rope.scaling.yarn_beta_fast, 0",
    "rope.scaling.yarn_beta_slow, Infinity",
  })
  void rejectsNumbersThatMakeNoSense(String suffix, float value) {
    assertThatThrownBy(() -> read(suffix, GgufValue.float32(value)).layerNormRmsEpsilon())
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("llama." + suffix + ": expected ")
        .hasMessageEndingWith("got " + (double) value);
  }

  @Test
  void rejectsHeadsThatKeyValueHeadsDoNotDivide() {
    assertThatThrownBy(() -> read("attention.head_count_kv", GgufValue.uint32(3)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "llama.attention.head_count_kv: expected a divisor of attention.head_count 4, got 3");
  }

  @Test
  void rejectsAnEmbeddingThatHeadsDoNotDivide() {
    metadata.put("llama.attention.head_count_kv", GgufValue.uint32(1));
    assertThatThrownBy(() -> read("attention.head_count", GgufValue.uint32(5)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "llama.attention.head_count: expected a divisor of embedding_length 64");
  }

  @Test
  void rejectsValuesOfAnotherSizeThanKeys() {
    assertThatThrownBy(() -> read("attention.value_length", GgufValue.uint32(8)))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageStartingWith(
            "llama.attention.value_length: expected attention.key_length 16, got 8");
  }

  @Test
  void rejectsAnOddNumberOfRotatedElements() {
    assertThatThrownBy(() -> read("rope.dimension_count", GgufValue.uint32(15)))
        .isInstanceOf(ModelException.class)
        .hasMessage("llama.rope.dimension_count: expected an even number, got 15");
  }

  @Test
  void rejectsAnEmbeddingOfAnotherWidth() {
    assertThatThrownBy(() -> HyperParameters.of(GgufMetadata.of(metadata), Shape.of(320, 65)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("tensor token_embd.weight: expected shape [V, 64]")
        .hasMessageEndingWith("got [320, 65]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void rejectsExpertsUsedThatAreNotThere(int used) {
    metadata.put("llama.expert_used_count", GgufValue.uint32(used));
    assertThatThrownBy(() -> read("expert_count", GgufValue.uint32(4)))
        .isInstanceOf(ModelException.class)
        .hasMessage("llama.expert_used_count: expected an integer in 1..4, got " + used);
  }

  @Test
  void rejectsAScalingThatItDoesNotHave() {
    assertThatThrownBy(() -> read("rope.scaling.type", GgufValue.string("dynamic")))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessage(
            "llama.rope.scaling.type: rope scaling 'dynamic' is not supported; supported: none, linear, yarn, longrope");
  }

  @Test
  void readsTheScalingFactorByItsOldName() {
    HyperParameters hp = read("rope.scale_linear", GgufValue.float32(4));
    assertThat(hp.rope().scaling()).isEqualTo(RopeParameters.Scaling.LINEAR);
    assertThat(hp.rope().scalingFactor()).isEqualTo(4);
  }

  @Test
  void ignoresTheFactorWhereTheFileSaysNotToScale() {
    metadata.put("llama.rope.scaling.type", GgufValue.string("none"));
    HyperParameters hp = read("rope.scaling.factor", GgufValue.float32(4));
    assertThat(hp.rope().scalingFactor()).isEqualTo(1);
  }
}
