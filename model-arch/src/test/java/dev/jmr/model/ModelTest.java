package dev.jmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.GgufValue;
import dev.jmr.model.arch.ModelException;
import dev.jmr.model.arch.UnsupportedModelException;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.Op;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
  /// Gemma 3n files have keys and values of the blocks that attend to the cache of another.
  private static final Pattern KEYS_OF_NO_USE =
      Pattern.compile("tiny-gemma3nblk\\.[3-6]\\.attn_(k|v|k_norm)\\.weight");

  /// What the name of a part of a tensor ends with.
  private static final Pattern SLICE = Pattern.compile("\\[\\d+:\\d+]$");

  private static final int CONTEXT = 512;

  @TempDir Path directory;

  @Test
  void tellsWhatTheFileIs() {
    try (var model = Model.open(TestModels.path("tiny-llama-spm"))) {
      assertThat(model.name()).isEqualTo("tiny-llama-spm");
      assertThat(model.architecture()).isEqualTo("llama");
      assertThat(model.parameterCount()).isEqualTo(110_912);
      assertThat(model.chatTemplate()).isEmpty();
      assertThat(model.warnings()).isEmpty();
      assertThat(model.hyperParameters().vocabularySize()).isEqualTo(384);
      assertThat(model.tokenizer().vocabularySize()).isEqualTo(384);
      assertThat(model.tokenizer()).isSameAs(model.tokenizer());
    }
  }

  @Test
  void isCalledLikeItsFileWhenItHasNoNameOfItsOwn() {
    Path path = ModelVariant.of("tiny-llama-spm").remove("general.name").write(directory);
    try (var model = Model.open(path)) {
      assertThat(model.name()).isEqualTo("variant.gguf");
    }
  }

  @Test
  void findsTheChatTemplate() {
    Path path =
        ModelVariant.of("tiny-llama-spm")
            .put("tokenizer.chat_template", GgufValue.string("{{ messages }}"))
            .write(directory);
    try (var model = Model.open(path)) {
      assertThat(model.chatTemplate()).contains("{{ messages }}");
    }
  }

  @Test
  void encodesThePromptOfEveryTestModel() {
    for (String name : TestModels.generators()) {
      GoldenResults golden = TestModels.golden(name);
      try (var model = Model.open(TestModels.path(name))) {
        assertThat(model.tokenizer().encode(golden.prompt(), EncodeOptions.PROMPT))
            .as(name)
            .isEqualTo(golden.promptIds());
      }
    }
  }

  @Test
  void readsEveryTensorOfTheFileInItsGraph() {
    for (String name : TestModels.names()) {
      try (var model = Model.open(TestModels.path(name))) {
        assertThat(model.graph(CONTEXT).weights())
            .as(name)
            .extracting(tensor -> SLICE.matcher(tensor.name()).replaceAll(""))
            .containsAll(
                model.gguf().tensors().stream()
                    .filter(tensor -> tensor.shape().elementCount() > 1)
                    .map(Tensor::name)
                    .filter(tensor -> !tensor.startsWith("rope_"))
                    .filter(tensor -> !KEYS_OF_NO_USE.matcher(name + tensor).matches())
                    .toList());
      }
    }
  }

  @Test
  void addsTheBiasesThatAFileHas() {
    Path path =
        ModelVariant.of("tiny-llama-spm")
            .tensor("blk.1.attn_k.bias", Shape.of(32))
            .tensor("blk.0.ffn_down.bias", Shape.of(64))
            .tensor("output.bias", Shape.of(384))
            .write(directory);
    try (var model = Model.open(path)) {
      assertThat(model.graph(CONTEXT).ops())
          .filteredOn(Op.AddBias.class::isInstance)
          .extracting(op -> ((Op.AddBias) op).bias().name())
          .containsExactly("blk.0.ffn_down.bias", "blk.1.attn_k.bias", "output.bias");
    }
  }

  @Test
  void looksThroughASlidingWindow() {
    Path path =
        ModelVariant.of("tiny-llama-spm")
            .put("llama.attention.sliding_window", GgufValue.uint32(16))
            .write(directory);
    try (var model = Model.open(path)) {
      assertThat(model.graph(CONTEXT).attentions())
          .extracting(op -> op.spec().mask())
          .containsOnly(new AttentionMask.Sliding(16));
    }
  }

  @Test
  void rejectsAnArchitectureThatItDoesNotHave() {
    assertThatThrownBy(
            () -> open("tiny-llama-spm", "general.architecture", GgufValue.string("llama9")))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageStartingWith("architecture 'llama9' is not supported; supported: llama, qwen2,")
        .hasMessageEndingWith("; nearest: llama");
  }

  @Test
  void rejectsAFileWithoutAnArchitecture() {
    Path path = ModelVariant.of("tiny-llama-spm").remove("general.architecture").write(directory);
    assertThatThrownBy(() -> Model.open(path))
        .isInstanceOf(ModelException.class)
        .hasMessage("general.architecture: expected the name of an architecture, got nothing");
  }

  @Test
  void rejectsZeroHeads() {
    assertThatThrownBy(
            () -> open("tiny-llama-spm", "llama.attention.head_count", GgufValue.uint32(0)))
        .isInstanceOf(ModelException.class)
        .hasMessage("llama.attention.head_count: expected an integer in 1..16384, got 0");
  }

  @Test
  void rejectsAFileWithoutATokenEmbedding() {
    Path path = ModelVariant.of("tiny-llama-spm").remove("token_embd.weight").write(directory);
    assertThatThrownBy(() -> Model.open(path))
        .isInstanceOf(ModelException.class)
        .hasMessage("tensor token_embd.weight: expected the token embedding, got nothing");
  }

  @Test
  void rejectsMoreTokensThanTheEmbeddingHasRows() {
    Path path =
        ModelVariant.of("tiny-llama-spm")
            .tensor("token_embd.weight", Shape.of(383, 64))
            .write(directory);
    assertThatThrownBy(() -> Model.open(path))
        .isInstanceOf(ModelException.class)
        .hasMessage("tensor token_embd.weight: expected a row for each of 384 tokens, got 383");
  }

  @Test
  void warnsOfRowsOfTheEmbeddingThatAreNoTokens() {
    Path path =
        ModelVariant.of("tiny-llama3-bpe")
            .tensor("token_embd.weight", Shape.of(400, 64))
            .write(directory);
    try (var model = Model.open(path)) {
      assertThat(model.warnings()).hasSize(1).first().asString().contains("400", "384", "padding");
      assertThat(model.graph(CONTEXT).result().width()).isEqualTo(400);
    }
  }

  @Test
  void rejectsAMissingTensorWhenTheGraphIsMade() {
    Path path = ModelVariant.of("tiny-llama-spm").remove("blk.1.attn_k.weight").write(directory);
    assertGraphFails(
        path,
        ModelException.class,
        "tensor blk.1.attn_k.weight: expected the key projection [32, 64], got nothing; the file is incomplete or of a variant that is not supported");
  }

  @Test
  void rejectsATensorOfTheWrongShape() {
    Path path =
        ModelVariant.of("tiny-llama-spm")
            .tensor("blk.0.ffn_up.weight", Shape.of(64, 96))
            .write(directory);
    assertGraphFails(
        path,
        ModelException.class,
        "tensor blk.0.ffn_up.weight: expected shape [96, 64], got [64, 96]");
  }

  @Test
  void rejectsATensorWhoseTypeCannotBeComputedWith() {
    Path path =
        ModelVariant.of("tiny-llama-spm")
            .tensor("blk.0.ffn_up.weight", TensorType.I8, Shape.of(96, 64))
            .write(directory);
    assertGraphFails(
        path,
        UnsupportedModelException.class,
        "tensor blk.0.ffn_up.weight: type I8 cannot be computed with; use the model in another quantization");
  }

  @Test
  void rejectsANormThatIsNotFloat32() {
    Path path =
        ModelVariant.of("tiny-llama-spm")
            .tensor("output_norm.weight", TensorType.F16, Shape.of(64))
            .write(directory);
    assertGraphFails(
        path,
        ModelException.class,
        "llama: rms norm output_norm.weight: expected type F32, got F16");
  }

  @Test
  void rejectsExpertsInOneTensorEach() {
    Path path =
        ModelVariant.of("tiny-mixtral")
            .remove("blk.0.ffn_gate_exps.weight")
            .tensor("blk.0.ffn_gate.0.weight", Shape.of(64, 64))
            .write(directory);
    assertGraphFails(
        path,
        UnsupportedModelException.class,
        "tensor blk.0.ffn_gate.0.weight: expected all experts in one tensor blk.0.ffn_gate_exps.weight, got one tensor for each as old files have it; convert the model again");
  }

  @Test
  void findsTheExpertsGateAndUpInOneTensorAndTheirBiases() {
    Path path =
        ModelVariant.of("tiny-mixtral")
            .remove("blk.0.ffn_gate_exps.weight")
            .remove("blk.0.ffn_up_exps.weight")
            .tensor("blk.0.ffn_gate_up_exps.weight", Shape.of(4, 128, 64))
            .tensor("blk.0.ffn_gate_up_exps.bias", Shape.of(4, 128))
            .tensor("blk.0.ffn_gate_inp.bias", Shape.of(4))
            .tensor("blk.0.exp_probs_b.bias", Shape.of(4))
            .tensor("blk.0.ffn_down_exps.bias", Shape.of(4, 64))
            .write(directory);
    try (var model = Model.open(path)) {
      assertThat(model.graph(512).toString())
          .contains(
              "blk.0.ffn_gate_inp.bias F32[4], blk.0.exp_probs_b.bias F32[4], "
                  + "blk.0.ffn_gate_up_exps.weight F32[4, 128, 64], "
                  + "blk.0.ffn_gate_up_exps.bias F32[4, 128], "
                  + "blk.0.ffn_down_exps.weight F32[4, 64, 64], "
                  + "blk.0.ffn_down_exps.bias F32[4, 64]");
    }
  }

  @Test
  void rejectsABlockWithoutAFeedForwardLength() {
    Path path =
        ModelVariant.of("tiny-llama-spm").remove("llama.feed_forward_length").write(directory);
    assertGraphFails(
        path,
        ModelException.class,
        "llama.feed_forward_length: expected a positive integer, got 0 or nothing");
  }

  @Test
  void rejectsAContextWithoutPositions() {
    try (var model = Model.open(TestModels.path("tiny-llama-spm"))) {
      assertThatThrownBy(() -> model.graph(0))
          .isInstanceOf(ModelException.class)
          .hasMessage("context length: expected a positive number of tokens, got 0");
    }
  }

  @Test
  void closesTheFileWhenItIsRejectedAndWhenItIsClosed() {
    var model = Model.open(TestModels.path("tiny-llama-spm"));
    var data = model.gguf().tensors().getFirst().data();
    model.close();
    model.close();
    assertThat(data.scope().isAlive()).isFalse();

    var gguf =
        dev.jmr.gguf.Gguf.open(
            ModelVariant.of("tiny-llama-spm")
                .put("general.architecture", GgufValue.string("none"))
                .write(directory));
    assertThatThrownBy(() -> Model.of(gguf)).isInstanceOf(UnsupportedModelException.class);
    assertThat(gguf.tensors().getFirst().data().scope().isAlive()).isFalse();
  }

  private void open(String base, String key, GgufValue value) {
    Model.open(ModelVariant.of(base).put(key, value).write(directory)).close();
  }

  private static void assertGraphFails(
      Path path, Class<? extends ModelException> type, String message) {
    try (var model = Model.open(path)) {
      assertThatThrownBy(() -> model.graph(CONTEXT)).isExactlyInstanceOf(type).hasMessage(message);
    }
  }
}
