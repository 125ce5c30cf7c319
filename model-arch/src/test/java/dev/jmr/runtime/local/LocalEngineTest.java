package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.GOLDEN;
import static dev.jmr.runtime.local.EngineFixture.OPTIONS;
import static dev.jmr.runtime.local.EngineFixture.goldenText;
import static dev.jmr.runtime.local.EngineFixture.load;
import static dev.jmr.runtime.local.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.TestModels;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.GenerationEvent.Usage;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.runtime.Prompt;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEngineTest {
  private static final int[] OTHER_PROMPT = {1, 300, 301, 302, 290};

  private static List<EngineOptions> onEveryBackend() {
    return Backends.candidates().stream()
        .filter(candidate -> candidate.availability() instanceof Availability.Available)
        .map(candidate -> OPTIONS.withBackend(candidate.provider().name()).withThreads(2))
        .flatMap(options -> Stream.of(options, options.withKvType(TensorType.F16)))
        .toList();
  }

  @Test
  void answersAsTheGoldenModelDoes() throws InterruptedException {
    for (EngineOptions options : onEveryBackend()) {
      try (Engine engine = load(options)) {
        Answer answer = Answer.of(engine.submit(request(32, GOLDEN.promptIds())));

        assertThat(answer.text()).isEqualTo(goldenText(32));
        assertThat(answer.finished().reason()).isEqualTo(Reason.LENGTH);
        assertThat(answer.finished().usage()).isEqualTo(new Usage(36, 32));
        assertThat(answer.progress()).containsExactly(36);
        assertThat(answer.finished().timings().firstTokenNanos())
            .isGreaterThanOrEqualTo(answer.finished().timings().promptNanos());
        assertThat(answer.finished().timings().generationNanos()).isPositive();
      }
    }
  }

  @Test
  void aQ8CacheTakesHalfTheMemoryAndStillAnswers() throws InterruptedException {
    for (EngineOptions options : onEveryBackend()) {
      long half;
      try (Engine engine = load(options.withKvType(TensorType.F16))) {
        half = engine.description().kvBytes();
      }
      try (Engine engine = load(options.withKvType(TensorType.Q8_0))) {
        Answer answer = Answer.of(engine.submit(request(32, GOLDEN.promptIds())));

        assertThat(answer.tokens()).isPositive();
        assertThat(answer.text()).startsWith(goldenText(1));
        if (options.backend().equals(Optional.of("cpu"))) {
          assertThat(engine.description().kvBytes()).isLessThan(half * 7 / 10);
        }
      }
    }
  }

  @Test
  void promptInChunksGivesTheSameAnswer() throws InterruptedException {
    try (Engine engine = load(OPTIONS.withPromptChunk(10))) {
      Answer answer = Answer.of(engine.submit(request(32, GOLDEN.promptIds())));

      assertThat(answer.text()).isEqualTo(goldenText(32));
      assertThat(answer.progress()).containsExactly(10, 20, 30, 36);
    }
  }

  @Test
  void sequencesTogetherAnswerAsEachAlone() throws InterruptedException {
    for (EngineOptions options : onEveryBackend()) {
      String alone;
      try (Engine engine = load(options)) {
        alone = Answer.of(engine.submit(request(20, OTHER_PROMPT))).text();
      }
      try (Engine engine = load(options.withMaxSequences(3).withPromptChunk(7))) {
        List<Generation> generations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          generations.add(engine.submit(request(20, OTHER_PROMPT)));
          generations.add(engine.submit(request(32, GOLDEN.promptIds())));
        }
        for (int i = 0; i < 8; i += 2) {
          assertThat(Answer.of(generations.get(i)).text()).isEqualTo(alone);
          assertThat(Answer.of(generations.get(i + 1)).text()).isEqualTo(goldenText(32));
        }
      }
    }
  }

  @Test
  void severalAnswersOfOneRequestHaveSeedsThatFollowEachOther() throws InterruptedException {
    SamplingParameters sampling = SamplingParameters.defaults().withTemperature(1).withSeed(7);
    GenerationRequest request =
        new GenerationRequest(new Prompt.Tokens(GOLDEN.promptIds()), sampling, 12);
    try (Engine engine = load(OPTIONS.withMaxSequences(3))) {
      List<String> alone = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        GenerationRequest one =
            new GenerationRequest(request.prompt(), sampling.withSeed(7 + i), 12);
        alone.add(Answer.of(engine.submit(one)).text());
      }
      List<String> together = new ArrayList<>();
      for (Generation generation : engine.submit(request, 3)) {
        together.add(Answer.of(generation).text());
      }

      assertThat(together).isEqualTo(alone).doesNotHaveDuplicates();
      assertThat(engine.stats().generatedTokens()).isEqualTo(72);
      assertThat(engine.stats().cachedTokens()).isEqualTo(5 * 32);
      assertThatThrownBy(() -> engine.submit(request, 0))
          .hasMessage("answers: expected at least one, got 0");
    }
  }

  @Test
  void endsWhereTheContextEnds() throws InterruptedException {
    try (Engine engine = load(OPTIONS.withContextLength(40))) {
      Answer answer = Answer.of(engine.submit(request(0, GOLDEN.promptIds())));

      assertThat(answer.tokens()).isEqualTo(4);
      assertThat(answer.text()).isEqualTo(goldenText(4));
      assertThat(answer.finished().reason()).isEqualTo(Reason.LENGTH);
    }
  }

  @Test
  void saysHowLongAPromptMayBe() {
    try (Engine engine = load(OPTIONS.withContextLength(36))) {
      assertThatThrownBy(() -> engine.submit(request(0, new int[50])))
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "prompt has 50 tokens, the context holds 36; use a larger --ctx (the model was trained with 2048)");
      assertThatThrownBy(() -> engine.submit(request(0, GOLDEN.promptIds())))
          .hasMessageStartingWith(
              "prompt has 36 tokens, the context holds 36 and leaves no room for an answer");
    }
  }

  @Test
  void describesItself() {
    try (Engine engine = load(OPTIONS.withContextLength(3000).withMaxSequences(2))) {
      var description = engine.description();

      assertThat(description.architecture()).isEqualTo("llama");
      assertThat(description.backend()).isEqualTo("reference: scalar, one thread");
      assertThat(description.contextLength()).isEqualTo(3000);
      assertThat(description.trainedContextLength()).isEqualTo(2048);
      assertThat(description.notes())
          .contains(
              "context length: 3000 is more than the 2048 tokens that the model was trained with; answers may get worse beyond");
      assertThat(description.kvBytes()).isPositive();
      assertThat(description.weightBytes()).isPositive();
    }
    try (Engine engine = load(OPTIONS)) {
      assertThat(engine.description().contextLength()).isEqualTo(2048);
      assertThat(engine.description().notes()).noneMatch(note -> note.startsWith("context"));
    }
  }

  @Test
  void saysWhichBackendsThereAre() {
    assertThatThrownBy(() -> load(OPTIONS.withBackend("abacus")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("backend 'abacus' is not installed; installed: ")
        .hasMessageContaining("reference: scalar, one thread")
        .hasCauseInstanceOf(TensorException.class);
  }

  @Test
  void rejectsMoreThanItCanHold() {
    assertThatThrownBy(() -> load(OPTIONS.withContextLength(Integer.MAX_VALUE)))
        .hasMessage("context length: expected at most 67108864, got 2147483647");
    assertThatThrownBy(() -> load(OPTIONS.withMaxSequences(5000)))
        .hasMessage("sequences: expected at most 1024, got 5000");
    assertThatThrownBy(() -> load(OPTIONS.withContextLength(1 << 26).withMaxSequences(1024)))
        .hasMessageContaining("use a smaller --ctx");
  }

  @Test
  void isFoundAndSupportsGguf(@TempDir Path folder) throws IOException {
    EngineProvider provider =
        ServiceLoader.load(EngineProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("local"))
            .findFirst()
            .orElseThrow();
    Path blob = Files.copy(TestModels.path("tiny-llama-spm-f16"), folder.resolve("sha256-1"));
    Path text = Files.writeString(folder.resolve("readme"), "GGU");

    assertThat(provider.supports(EngineFixture.artifact())).isTrue();
    assertThat(provider.supports(new ModelArtifact(blob))).isTrue();
    assertThat(provider.supports(new ModelArtifact(text))).isFalse();
  }

  @Test
  void textDeltasAreNeverEmpty() throws InterruptedException {
    try (Engine engine = load(EngineOptions.defaults().withBackend("reference"));
        Generation generation = engine.submit(request(32, GOLDEN.promptIds()))) {
      for (var event = generation.next();
          !(event instanceof GenerationEvent.Finished);
          event = generation.next()) {
        assertThat(event).isNotEqualTo(new TextDelta(""));
      }
    }
  }
}
