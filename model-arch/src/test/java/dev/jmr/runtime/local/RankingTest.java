package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.gguf.GgufValue;
import dev.jmr.model.Model;
import dev.jmr.model.ModelVariant;
import dev.jmr.model.TestModels;
import dev.jmr.model.arch.ModelException;
import dev.jmr.model.embedding.PairEncoder;
import dev.jmr.model.embedding.Pooling;
import dev.jmr.runtime.Capabilities.Task;
import dev.jmr.runtime.EmbeddingInput;
import dev.jmr.runtime.EmbeddingRequest;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.runtime.Ranking;
import dev.jmr.runtime.RerankRequest;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test models that were given a rank head, against the same head computed here from their embeddings.
class RankingTest {
  private static final int WIDTH = 64;
  private static final float TOLERANCE = 1e-4f;

  private final Random random = new Random(3);
  private final float[] dense = numbers(WIDTH * WIDTH);
  private final float[] denseBias = numbers(WIDTH);
  private final float[] output = numbers(WIDTH);
  private final float[] twoOutputs = numbers(2 * WIDTH);

  @TempDir private Path folder;

  static RerankRequest request() {
    return new RerankRequest(
        "what is the fox", List.of("the lazy dog", "a quick brown fox jumps", "words"));
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian() / 8;
    }
    return numbers;
  }

  private static Engine load(Path file, String backend) {
    EngineOptions options =
        EngineOptions.defaults().withBackend(backend).withKvType(TensorType.F32);
    return new LocalEngineProvider().load(new ModelArtifact(file), options);
  }

  private ModelVariant reranker(String base, String architecture) {
    return ModelVariant.of(base).put(architecture + ".pooling_type", GgufValue.uint32(4));
  }

  private Path bert() {
    return reranker("tiny-bert-cls", "bert")
        .tensor("cls.weight", Shape.of(WIDTH, WIDTH), dense)
        .tensor("cls.bias", Shape.of(WIDTH), denseBias)
        .tensor("cls.output.weight", Shape.of(1, WIDTH), output)
        .tensor("cls.output.bias", Shape.of(1), 0.5f)
        .write(folder);
  }

  /// The states that the head reads, one per document.
  private static List<float[]> states(String base, Pooling pooling) throws InterruptedException {
    try (Model model = Model.open(TestModels.path(base));
        Engine engine = load(TestModels.path(base), "reference")) {
      PairEncoder pairs = PairEncoder.of(model);
      List<EmbeddingInput> inputs =
          request().documents().stream()
              .<EmbeddingInput>map(
                  document -> new EmbeddingInput.Tokens(pairs.encode(request().query(), document)))
              .toList();
      return engine
          .embed(EmbeddingRequest.of(inputs).withPooling(pooling).withNormalize(false))
          .items()
          .stream()
          .map(item -> item.vector())
          .toList();
    }
  }

  private static double row(float[] matrix, int row, double... x) {
    double sum = 0;
    for (int i = 0; i < WIDTH; i++) {
      sum += matrix[row * WIDTH + i] * x[i];
    }
    return sum;
  }

  private static double[] doubles(float... values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @Test
  void scoresAreThoseOfTheHead() throws InterruptedException {
    Path file = bert();
    List<float[]> states = states("tiny-bert-cls", Pooling.CLS);
    for (var provider : TestModels.backends()) {
      try (Engine engine = load(file, provider.name())) {
        Ranking ranking = engine.rerank(request());
        assertThat(ranking.items()).hasSize(3);
        for (int i = 0; i < 3; i++) {
          double[] hidden = new double[WIDTH];
          for (int j = 0; j < WIDTH; j++) {
            hidden[j] = Math.tanh(row(dense, j, doubles(states.get(i))) + denseBias[j]);
          }
          assertThat(ranking.items().get(i).score())
              .isEqualTo((float) (row(output, 0, hidden) + 0.5), within(TOLERANCE));
          assertThat(ranking.items().get(i).index()).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void qwen3GivesTheProbabilityOfTheFirstLabelAtTheLastToken() throws InterruptedException {
    Path file =
        reranker("tiny-qwen3-embedding", "qwen3")
            .put("qwen3.classifier.output_labels", GgufValue.strings(List.of("yes", "no")))
            .tensor("cls.output.weight", Shape.of(2, WIDTH), twoOutputs)
            .write(folder);
    List<float[]> states = states("tiny-qwen3-embedding", Pooling.LAST);
    try (Engine engine = load(file, "reference")) {
      assertThat(engine.description().capabilities().tasks())
          .containsExactlyInAnyOrder(Task.GENERATE, Task.RERANK);
      Ranking ranking = engine.rerank(request());
      for (int i = 0; i < 3; i++) {
        double[] state = doubles(states.get(i));
        double difference = row(twoOutputs, 1, state) - row(twoOutputs, 0, state);
        assertThat(ranking.items().get(i).score())
            .isEqualTo((float) (1 / (1 + Math.exp(difference))), within(TOLERANCE));
      }
    }
  }

  @Test
  void theBestComeFirst() throws InterruptedException {
    try (Engine engine = load(bert(), "reference")) {
      Ranking ranking = engine.rerank(request());
      List<Ranking.Item> best = ranking.best(2);
      assertThat(best).hasSize(2);
      assertThat(best.getFirst().score()).isGreaterThanOrEqualTo(best.getLast().score());
      assertThat(ranking.items())
          .allMatch(item -> item.score() <= best.getFirst().score())
          .allMatch(item -> !item.truncated());
      assertThat(ranking.best(9)).hasSize(3);
    }
  }

  @Test
  void aRerankerEmbedsOnlyWithAnotherPooling() throws InterruptedException {
    try (Engine engine = load(bert(), "reference")) {
      EmbeddingRequest request = EmbeddingRequest.ofTexts(List.of("the fox"));
      assertThat(engine.description().capabilities().tasks()).containsExactly(Task.RERANK);
      assertThatThrownBy(() -> engine.embed(request))
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "embedding: expected a model that embeds, got one that can rerank; choose a pooling to embed with it nevertheless");
      assertThat(engine.embed(request.withPooling(Pooling.CLS)).items()).hasSize(1);
    }
  }

  @Test
  void cutsOrRefusesDocumentsThatAreTooLong() throws InterruptedException {
    RerankRequest tooLong = new RerankRequest("the fox", List.of("a", "the words ".repeat(200)));
    try (Engine engine = load(bert(), "reference")) {
      assertThatThrownBy(() -> engine.rerank(tooLong))
          .hasMessageStartingWith("document 1: expected at most 128 tokens");
      Ranking cut = engine.rerank(new RerankRequest(tooLong.query(), tooLong.documents(), true));
      assertThat(cut.items().getLast().truncated()).isTrue();
      assertThat(cut.items().getLast().tokenCount()).isEqualTo(128);
    }
  }

  @Test
  void withoutAHeadThereIsNoRanking() {
    try (Engine engine = load(reranker("tiny-bert-cls", "bert").write(folder), "reference")) {
      assertThat(engine.description().capabilities().tasks()).isEmpty();
      assertThatThrownBy(() -> engine.rerank(request()))
          .isInstanceOf(EngineException.class)
          .hasMessageStartingWith("reranking: expected a model with pooling rank and a rank head");
    }
  }

  @Test
  void saysWhichTensorOfTheHeadDoesNotFit() {
    Path file =
        reranker("tiny-bert-cls", "bert")
            .tensor("cls.output.weight", Shape.of(3, WIDTH))
            .write(folder);
    assertThatThrownBy(() -> load(file, "reference"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("tensor cls.output.weight: expected shape [1, 64], got [3, 64]");
  }
}
