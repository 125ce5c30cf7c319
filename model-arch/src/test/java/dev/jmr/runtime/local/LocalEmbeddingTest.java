package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.model.GoldenEmbeddings;
import dev.jmr.model.TestModels;
import dev.jmr.model.embedding.Pooling;
import dev.jmr.runtime.Capabilities.Task;
import dev.jmr.runtime.Embedding;
import dev.jmr.runtime.EmbeddingInput;
import dev.jmr.runtime.EmbeddingRequest;
import dev.jmr.runtime.Embeddings;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LocalEmbeddingTest {
  /// Largest difference of a number from llama.cpp's; see [dev.jmr.model.GoldenLogitsTest].
  private static final float TOLERANCE = 2e-3f;

  /// The same where llama.cpp looks GELU up in a table of half precision.
  private static final float GELU_TOLERANCE = 8e-3f;

  /// Largest difference that the company of other texts makes.
  private static final float ROUNDING = 1e-4f;

  private static final String BERT = "tiny-bert-mean";

  static Stream<Arguments> backendsAndModels() {
    return TestModels.backends().stream()
        .flatMap(backend ->
            Stream.of("tiny-bert-cls", "tiny-bert-mean", "tiny-nomic-bert", "tiny-qwen3-embedding")
                .map(model -> Arguments.of(backend.name(), model)));
  }

  private static EngineOptions options(String backend) {
    return EngineOptions.defaults().withBackend(backend).withKvType(TensorType.F32);
  }

  private static Engine load(String model, EngineOptions options) {
    return new LocalEngineProvider().load(new ModelArtifact(TestModels.path(model)), options);
  }

  private static Engine load(String model) {
    return load(model, options("reference"));
  }

  private static EmbeddingInput text(String text) {
    return new EmbeddingInput.Text(text, true);
  }

  /// Inputs of `lengths` tokens, each with tokens of its own.
  private static List<EmbeddingInput> inputs(int... lengths) {
    Random random = new Random(5);
    return Arrays.stream(lengths)
        .<EmbeddingInput>mapToObj(
            length -> new EmbeddingInput.Tokens(random.ints(length, 5, 250).toArray()))
        .toList();
  }

  private static void assertSame(Embedding actual, Embedding expected) {
    assertThat(actual.vectors()).hasDimensions(expected.vectors().length, expected.vector().length);
    for (int i = 0; i < actual.vectors().length; i++) {
      assertThat(actual.vectors()[i]).containsExactly(expected.vectors()[i], within(ROUNDING));
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void agreesWithLlamaCpp(String backend, String model) throws InterruptedException {
    float tolerance = model.startsWith("tiny-bert") ? GELU_TOLERANCE : TOLERANCE;
    List<GoldenEmbeddings> golden = GoldenEmbeddings.of(model);
    EmbeddingRequest request =
        EmbeddingRequest.of(golden.stream().map(item -> text(item.text())).toList());
    try (Engine engine = load(model, options(backend))) {
      Embeddings raw = engine.embed(request.withNormalize(false));
      Embeddings normalized = engine.embed(request);
      assertThat(raw.tokenCount())
          .isEqualTo(golden.stream().mapToInt(item -> item.ids().length).sum());
      for (int i = 0; i < golden.size(); i++) {
        assertThat(raw.items().get(i).vectors()).hasNumberOfRows(1);
        assertThat(raw.items().get(i).vector())
            .containsExactly(golden.get(i).raw(), within(tolerance));
        assertThat(normalized.items().get(i).vector())
            .containsExactly(golden.get(i).normalized(), within(tolerance));
        Embeddings alone =
            engine.embed(
                EmbeddingRequest.of(List.of(new EmbeddingInput.Tokens(golden.get(i).ids()))));
        assertSame(alone.items().getFirst(), normalized.items().get(i));
      }
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void textsOfAnyLengthsInAnyOrderAreAsEachAlone(String backend, String model)
      throws InterruptedException {
    List<EmbeddingInput> inputs = inputs(1, 128, 40, 33, 32, 2, 100, 31, 64, 7);
    try (Engine engine = load(model, options(backend).withPromptChunk(50).withContextLength(128))) {
      for (Pooling pooling : List.of(Pooling.NONE, Pooling.MEAN, Pooling.CLS, Pooling.LAST)) {
        EmbeddingRequest together = EmbeddingRequest.of(inputs).withPooling(pooling);
        List<Embedding> forwards = engine.embed(together).items();
        List<EmbeddingInput> reversed = inputs.reversed();
        List<Embedding> backwards =
            engine.embed(EmbeddingRequest.of(reversed).withPooling(pooling)).items();
        for (int i = 0; i < inputs.size(); i++) {
          Embedding alone =
              engine
                  .embed(EmbeddingRequest.of(List.of(inputs.get(i))).withPooling(pooling))
                  .items()
                  .getFirst();
          assertSame(forwards.get(i), alone);
          assertSame(backwards.reversed().get(i), alone);
        }
      }
    }
  }

  @Test
  void noPoolingGivesAVectorPerTokenAsItIs() throws InterruptedException {
    EmbeddingRequest request = EmbeddingRequest.of(inputs(5)).withPooling(Pooling.NONE);
    try (Engine engine = load(BERT)) {
      float[][] all = engine.embed(request).items().getFirst().vectors();
      float[] mean =
          engine
              .embed(request.withPooling(Pooling.MEAN).withNormalize(false))
              .items()
              .getFirst()
              .vector();
      assertThat(all).hasDimensions(5, 64);
      for (int i = 0; i < mean.length; i++) {
        int column = i;
        double sum = IntStream.range(0, 5).mapToDouble(row -> all[row][column]).sum();
        assertThat(mean[i]).isEqualTo((float) (sum / 5), within(1e-5f));
      }
    }
  }

  @Test
  void keepsTheFirstDimensionsAndScalesWhatIsLeft() throws InterruptedException {
    EmbeddingRequest request = EmbeddingRequest.of(inputs(9));
    try (Engine engine = load(BERT)) {
      float[] whole = engine.embed(request.withNormalize(false)).items().getFirst().vector();
      float[] part = engine.embed(request.withDimensions(3)).items().getFirst().vector();
      double length = Math.sqrt(whole[0] * whole[0] + whole[1] * whole[1] + whole[2] * whole[2]);
      assertThat(part).hasSize(3);
      assertThat(part[1]).isEqualTo((float) (whole[1] / length), within(1e-6f));
      assertThatThrownBy(() -> engine.embed(request.withDimensions(65)))
          .isInstanceOf(EngineException.class)
          .hasMessage("dimensions: expected 1 to 64, got 65");
    }
  }

  @Test
  void refusesOrCutsWhatIsTooLong() throws InterruptedException {
    try (Engine engine = load(BERT)) {
      String words = "the words ".repeat(200);
      EmbeddingRequest request = EmbeddingRequest.ofTexts(List.of("the", words));
      assertThatThrownBy(() -> engine.embed(request))
          .isInstanceOf(EngineException.class)
          .hasMessageStartingWith(
              "input 1: expected at most 128 tokens, which the context holds, got 402; shorten it");

      Embeddings cut = engine.embed(request.withTruncate(true));
      assertThat(cut.items().getFirst().truncated()).isFalse();
      assertThat(cut.items().getLast().truncated()).isTrue();
      assertThat(cut.items().getLast().tokenCount()).isEqualTo(128);
      Embeddings expected =
          engine.embed(EmbeddingRequest.ofTexts(List.of("the words ".repeat(63))));
      assertThat(expected.tokenCount()).isEqualTo(128);
      assertSame(cut.items().getLast(), expected.items().getFirst());
    }
  }

  @Test
  void refusesWhatIsNoText() {
    try (Engine engine = load("tiny-qwen3-embedding")) {
      assertThatThrownBy(() -> engine.embed(EmbeddingRequest.of(inputs(3, 0))))
          .hasMessage("input 1: expected at least one token, got none");
      assertThatThrownBy(() ->
              engine.embed(
                  EmbeddingRequest.of(List.of(new EmbeddingInput.Tokens(new int[] {1, 1 << 20})))))
          .hasMessage("input 0: expected token ids from 0 to 383, got 1048576");
    }
  }

  @Test
  void anEncoderSaysWhatItCan() {
    try (Engine engine = load(BERT, options("reference").withContextLength(1000))) {
      assertThat(engine.description().capabilities().tasks()).containsExactly(Task.EMBED);
      assertThat(engine.description().capabilities())
          .hasToString("embed (64 numbers, pooling mean)");
      assertThat(engine.description().contextLength()).isEqualTo(128);
      assertThat(engine.description().notes())
          .contains(
              "context length: 1000 is more than the 128 positions that the model has; it is 128");
      assertThatThrownBy(() -> engine.submit(EngineFixture.request(1, 5)))
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "generation: expected a model that generates text, got one that can embed (64 numbers, pooling mean)");
      assertThatThrownBy(() -> engine.rerank(RankingTest.request()))
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "reranking: expected a model with pooling rank and a rank head, got one that can embed (64 numbers, pooling mean)");
    }
  }

  @Test
  void generatesAndEmbedsAtTheSameTime() throws Exception {
    try (Engine engine = EngineFixture.load(EngineFixture.OPTIONS);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      EmbeddingRequest request = EmbeddingRequest.of(inputs(40, 3)).withPooling(Pooling.LAST);
      Embeddings alone = engine.embed(request);
      Future<Answer> answer =
          threads.submit(() ->
              Answer.of(
                  engine.submit(EngineFixture.request(32, EngineFixture.GOLDEN.promptIds()))));
      for (int i = 0; i < 5; i++) {
        assertSame(engine.embed(request).items().getFirst(), alone.items().getFirst());
      }
      assertThat(answer.get().text()).isEqualTo(EngineFixture.goldenText(32));
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void manyThreadsGetWhatEachWouldGetAlone(String backend, String model) throws Exception {
    List<EmbeddingInput> inputs =
        inputs(IntStream.range(0, 60).map(i -> 1 + i * 37 % 90).toArray());
    try (Engine engine = load(model, options(backend).withPromptChunk(64).withContextLength(100));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Embedding> expected = engine.embed(EmbeddingRequest.of(inputs)).items();
      List<Integer> order = new ArrayList<>(IntStream.range(0, 60).boxed().toList());
      Collections.shuffle(order, new Random(1));
      List<Future<Embedding>> results = new ArrayList<>();
      for (int index : order) {
        results.add(
            threads.submit(() ->
                engine.embed(EmbeddingRequest.of(List.of(inputs.get(index)))).items().getFirst()));
      }
      for (int i = 0; i < order.size(); i++) {
        assertSame(results.get(i).get(), expected.get(order.get(i)));
      }
    }
  }
}
