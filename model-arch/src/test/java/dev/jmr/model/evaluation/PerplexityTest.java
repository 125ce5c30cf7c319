package dev.jmr.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.jmr.model.Model;
import dev.jmr.model.ModelVariant;
import dev.jmr.model.SingleSequence;
import dev.jmr.model.TestModels;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PerplexityTest {
  /// Largest difference between the perplexities that two backends find, in percent.
  private static final double BACKEND_TOLERANCE = 0.1;

  /// Largest difference from llama.cpp with float32 weights and cache, in percent.
  private static final double LLAMA_CPP_TOLERANCE = 0.001;

  private static final BackendProvider REFERENCE =
      Backends.named(Backends.candidates(), "reference");

  private static final String TEXT = TestModels.text("/evaluation/harbour.txt");

  private static PerplexityOptions options(int context, int stride, int chunks, TensorType kv) {
    return new PerplexityOptions(context, stride, chunks, 512, 2, kv);
  }

  private static PerplexityEstimate measure(
      BackendProvider provider, Path file, PerplexityOptions options) {
    return measure(provider, file, options, new ArrayList<>());
  }

  private static PerplexityEstimate measure(
      BackendProvider provider,
      Path file,
      PerplexityOptions options,
      List<PerplexityEstimate> progress) {
    try (Model model = Model.open(file);
        Backend backend = provider.open(BackendOptions.automatic())) {
      TextChunks chunks = TextChunks.of(model.tokenizer(), TEXT, options);
      return Perplexity.measure(model, backend, chunks, options, progress::add);
    }
  }

  static Stream<Arguments> backendsAndModels() {
    return TestModels.backends().stream()
        .flatMap(backend ->
            Stream.of("tiny-llama-spm", "tinyq-llama-Q4_K_M", "tinyq-llama-Q8_0")
                .map(model -> Arguments.of(backend.name(), model, backend)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void everyBackendIsAsGoodAsTheReference(String backend, String model, BackendProvider provider) {
    PerplexityOptions options = options(128, 0, 4, TensorType.F16);
    Path file = TestModels.path(model);
    double expected = measure(REFERENCE, file, options).perplexity();
    assertThat(measure(provider, file, options).perplexity())
        .isCloseTo(expected, withinPercentage(BACKEND_TOLERANCE));
  }

  /// With `-c 128 -b 128 -fa off -ctk f32 -ctv f32`.
  @ParameterizedTest
  @CsvSource({
    "tiny-llama-spm, 6837.8346, 721.97730",
    "tiny-llama3-bpe, 4849.7174, 510.82808",
    "tiny-mistral, 5329.8889, 576.90266",
    "tiny-mixtral, 6047.5640, 599.59995"
  })
  void agreesWithLlamaPerplexity(String model, double perplexity, double uncertainty) {
    List<PerplexityEstimate> progress = new ArrayList<>();
    PerplexityEstimate estimate =
        measure(REFERENCE, TestModels.path(model), options(128, 0, 0, TensorType.F32), progress);
    assertThat(estimate.perplexity()).isCloseTo(perplexity, withinPercentage(LLAMA_CPP_TOLERANCE));
    assertThat(estimate.uncertainty())
        .isCloseTo(uncertainty, withinPercentage(LLAMA_CPP_TOLERANCE));
    assertThat(progress)
        .extracting(PerplexityEstimate::chunks)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(progress.getLast()).isEqualTo(estimate);
    assertThat(estimate.tokens()).isEqualTo(9 * 63);
  }

  /// With `-c 512 --ppl-stride 100`, the estimates after the second and the last chunk.
  @Test
  void agreesWithLlamaPerplexityWithAStride() {
    List<PerplexityEstimate> progress = new ArrayList<>();
    measure(
        REFERENCE,
        TestModels.path("tiny-llama3-bpe"),
        options(512, 100, 0, TensorType.F32),
        progress);
    assertThat(progress).hasSize(7);
    assertThat(progress.get(1).perplexity())
        .isCloseTo(5089.8613, withinPercentage(LLAMA_CPP_TOLERANCE));
    assertThat(progress.getLast().perplexity())
        .isCloseTo(4709.0921, withinPercentage(LLAMA_CPP_TOLERANCE));
  }

  @Test
  void isTheMeanOverTheSecondHalfOfAChunkReadTokenByToken() {
    PerplexityOptions options = options(16, 0, 1, TensorType.F32);
    double sum = 0;
    try (Model model = Model.open(TestModels.path("tiny-llama-spm"));
        var sequence = new SingleSequence(REFERENCE, model)) {
      int[] chunk = TextChunks.of(model.tokenizer(), TEXT, options).chunk(0);
      for (int i = 0; i < 15; i++) {
        float[] logits = sequence.feed(chunk[i]);
        if (i >= 8) {
          sum -= Math.log(probability(logits, chunk[i + 1]));
        }
      }
    }
    PerplexityEstimate estimate = measure(REFERENCE, TestModels.path("tiny-llama-spm"), options);
    assertThat(estimate.tokens()).isEqualTo(7);
    assertThat(estimate.meanLoss()).isCloseTo(sum / 7, within(1e-5));
    assertThat(estimate.perplexity()).isEqualTo(Math.exp(estimate.meanLoss()));
  }

  private static double probability(float[] logits, int token) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.exp(logits[token]) / sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "31, 2", "1000, 1"})
  void doesNotDependOnBatchesAndThreads(int batch, int threads) {
    Path file = TestModels.path("tiny-llama-spm");
    double expected = measure(REFERENCE, file, options(64, 0, 2, TensorType.F32)).perplexity();
    assertThat(
            measure(
                    REFERENCE,
                    file,
                    new PerplexityOptions(64, 0, 2, batch, threads, TensorType.F32))
                .perplexity())
        .isCloseTo(expected, withinPercentage(1e-4));
  }

  @Test
  void refusesLogitsThatAreNoNumbers(@TempDir Path folder) {
    float[] broken = new float[64];
    Arrays.fill(broken, Float.NaN);
    Path file =
        ModelVariant.of("tiny-llama-spm")
            .tensor("output_norm.weight", Shape.of(64), broken)
            .write(folder);
    assertThatThrownBy(() -> measure(REFERENCE, file, options(64, 0, 0, TensorType.F32)))
        .isInstanceOf(EvaluationException.class)
        .hasMessage(
            "chunk 1, position 32: expected logits that are numbers, got a loss of NaN; the model is broken, or the backend");
  }
}
