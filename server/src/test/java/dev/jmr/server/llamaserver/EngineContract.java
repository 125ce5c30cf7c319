package dev.jmr.server.llamaserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.ContextExceededException;
import dev.jmr.runtime.Embedding;
import dev.jmr.runtime.EmbeddingRequest;
import dev.jmr.runtime.Embeddings;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineOverloadedException;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.GenerationLimits;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.runtime.Prompt;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.RerankRequest;
import dev.jmr.runtime.StopConditions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every engine does, whatever stands behind it: the contract of `dev.jmr.runtime` as tests.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineContract {
  static final Path MODELS = Path.of("src", "test", "resources", "models");
  static final int CONTEXT = 2048;

  private static final EngineOptions OPTIONS =
      EngineOptions.defaults().withContextLength(CONTEXT).withThreads(1);
  private static final SamplingParameters GREEDY =
      SamplingParameters.defaults().withTemperature(0).withIgnoreEos(true);
  private static final String TEMPLATE =
      "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: ";
  private static final Prompt PROMPT = new Prompt.Text("one two", true);

  private Engine engine;
  private Engine embedder;

  /// A provider that can be used here.
  abstract EngineProvider provider();

  /// A model that generates.
  ModelArtifact generator() {
    return new ModelArtifact(MODELS.resolve("tinyq-llama-Q4_K_M.gguf"));
  }

  /// A model that embeds.
  ModelArtifact embeddingModel() {
    return new ModelArtifact(MODELS.resolve("tiny-bert-mean.gguf"));
  }

  @BeforeAll
  void load() {
    engine = provider().load(generator(), OPTIONS.withMaxSequences(4).withChatTemplate(TEMPLATE));
    embedder = provider().load(embeddingModel(), OPTIONS.withContextLength(64));
  }

  @AfterAll
  void close() {
    engine.close();
    embedder.close();
  }

  private static GenerationRequest request(int maxTokens) {
    return new GenerationRequest(PROMPT, GREEDY, maxTokens);
  }

  /// All that is left of an answer.
  private static List<GenerationEvent> drain(Generation generation) throws InterruptedException {
    List<GenerationEvent> events = new ArrayList<>();
    do {
      events.add(generation.next());
    } while (!(events.getLast() instanceof Finished));
    return events;
  }

  private List<GenerationEvent> events(GenerationRequest request) throws InterruptedException {
    try (Generation generation = engine.submit(request)) {
      return drain(generation);
    }
  }

  private static String text(List<GenerationEvent> events) {
    StringBuilder text = new StringBuilder();
    for (GenerationEvent event : events) {
      if (event instanceof TextDelta delta) {
        text.append(delta.text());
      }
    }
    return text.toString();
  }

  private static Finished finished(List<GenerationEvent> events) {
    return (Finished) events.getLast();
  }

  @Test
  void tellsItsNameAndWhatItSupports(@TempDir Path folder) throws Exception {
    Path other = Files.writeString(folder.resolve("readme"), "no model");
    assertThat(provider().name()).matches("[a-z0-9.-]+").isEqualTo(provider().name());
    assertThat(provider().unavailable()).isEmpty();
    assertThat(provider().supports(generator())).isTrue();
    assertThat(provider().supports(new ModelArtifact(other))).isFalse();
    assertThatThrownBy(() -> provider().load(new ModelArtifact(folder.resolve("none")), OPTIONS))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("none");
  }

  @Test
  void estimatesMemoryThatGrowsWithTheContext() {
    var small = provider().memoryNeed(generator(), OPTIONS);
    var large = provider().memoryNeed(generator(), OPTIONS.withContextLength(2 * CONTEXT));
    assertThat(small.weightBytes()).isPositive();
    assertThat(large.kvBytes()).isEqualTo(2 * small.kvBytes()).isPositive();
  }

  @Test
  void describesWhatItLoaded() {
    assertThat(engine.description().architecture()).isEqualTo("llama");
    assertThat(engine.description().contextLength()).isEqualTo(CONTEXT);
    assertThat(engine.description().capabilities().tasks())
        .contains(dev.jmr.runtime.Capabilities.Task.GENERATE);
    assertThat(engine.description().parameterCount()).isPositive();
    assertThat(engine.description().backend()).isNotEmpty();
    assertThat(engine.running()).isTrue();
  }

  @Test
  void tellsProgressThenTextThenTheEnd() throws Exception {
    try (Generation generation = engine.submit(request(8))) {
      List<GenerationEvent> events = drain(generation);
      int firstText = 0;
      while (events.get(firstText) instanceof PromptProgress) {
        firstText++;
      }
      assertThat(events.subList(firstText, events.size() - 1))
          .isNotEmpty()
          .allMatch(event -> event instanceof TextDelta delta && !delta.text().isEmpty());
      assertThatThrownBy(generation::next).isInstanceOf(EngineException.class);
    }
  }

  @Test
  void endsAtTheLimitAndCountsTokens() throws Exception {
    List<GenerationEvent> events = events(request(6));
    assertThat(finished(events).reason()).isEqualTo(Reason.LENGTH);
    assertThat(finished(events).usage().completionTokens()).isEqualTo(6);
    assertThat(finished(events).usage().promptTokens()).isEqualTo(engine.tokenize(PROMPT).length);
    assertThat(finished(events).stop()).isEmpty();
    assertThat(finished(events).timings().promptNanos()).isPositive();
    assertThat(engine.stats().generatedTokens()).isPositive();
  }

  @Test
  void answersTheSameAloneAndInCompany() throws Exception {
    String alone = text(events(request(24)));
    List<Generation> company = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      company.add(engine.submit(request(24)));
    }
    for (Generation generation : company) {
      try (generation) {
        List<GenerationEvent> events = drain(generation);
        assertThat(finished(events).usage().completionTokens()).isEqualTo(24);
        if (indifferentToCompany()) {
          assertThat(text(events)).isEqualTo(alone);
        }
      }
    }
  }

  /// Whether an answer is the same in company also where two tokens are as good as equally likely.
  boolean indifferentToCompany() {
    return true;
  }

  @Test
  void continuesTokensAsItContinuesTheirText() throws Exception {
    var tokens = new GenerationRequest(new Prompt.Tokens(engine.tokenize(PROMPT)), GREEDY, 8);
    assertThat(text(events(tokens))).isEqualTo(text(events(request(8))));
  }

  @Test
  void endsBeforeAStopString() throws Exception {
    String whole = text(events(request(32)));
    String stop = letterIn(whole);
    List<GenerationEvent> events = events(request(32).withStop(StopConditions.before(stop)));
    assertThat(text(events)).isEqualTo(whole.substring(0, whole.indexOf(stop)));
    assertThat(finished(events).reason()).isEqualTo(Reason.STOP);
    assertThat(finished(events).stop()).contains(stop);
  }

  /// A character that is one for sure, not at the beginning.
  private static String letterIn(String text) {
    return text.chars()
        .skip(2)
        .filter(c -> c > ' ' && c < 0x7F && text.indexOf(c) > 1)
        .mapToObj(Character::toString)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void givesLogProbabilitiesWhereTheyAreAskedFor() throws Exception {
    List<ChosenToken> tokens = new ArrayList<>();
    for (GenerationEvent event : events(request(6).withLogprobs(2))) {
      if (event instanceof TextDelta delta) {
        tokens.addAll(delta.tokens());
      }
    }
    assertThat(tokens).hasSizeBetween(1, 6);
    assertThat(tokens).allMatch(token -> token.chosen().logprob() <= 0 && token.top().size() == 2);
    for (GenerationEvent event : events(request(6))) {
      assertThat(event instanceof TextDelta delta && !delta.tokens().isEmpty()).isFalse();
    }
  }

  @Test
  void stopsWhenItIsCancelled() throws Exception {
    try (Generation generation =
        engine.submit(new GenerationRequest(slowPrompt(), GREEDY, CONTEXT - 64))) {
      GenerationEvent event = generation.next();
      while (!(event instanceof TextDelta)) {
        event = generation.next();
      }
      generation.cancel();
      generation.cancel();
      Finished end = finished(drain(generation));
      assertThat(end.reason()).isEqualTo(Reason.CANCELLED);
      assertThat(end.usage().completionTokens()).isBetween(1, CONTEXT - 65);
      assertThat(end.usage().promptTokens()).isPositive();
    }
  }

  /// A prompt whose answer does not come at once.
  Prompt slowPrompt() {
    return PROMPT;
  }

  @Test
  void saysThatItWasClosed() throws Exception {
    Generation generation =
        engine.submit(new GenerationRequest(slowPrompt(), GREEDY, CONTEXT - 64));
    generation.next();
    generation.close();
    generation.close();
    assertThatThrownBy(generation::next).isInstanceOf(EngineException.class);
    assertThat(finished(events(request(2))).reason()).isEqualTo(Reason.LENGTH);
  }

  @Test
  void endsWhenTheTimeIsOver() throws Exception {
    GenerationRequest request =
        new GenerationRequest(slowPrompt(), GREEDY, CONTEXT - 64)
            .withLimits(GenerationLimits.STANDARD.withTime(Duration.ofMillis(30)));
    Finished end = finished(events(request));
    assertThat(end.reason()).isEqualTo(Reason.LENGTH);
    assertThat(end.usage().completionTokens()).isLessThan(CONTEXT - 64);
  }

  @Test
  void leavesAGenerationAsItIsWhenItsConsumerIsInterrupted() throws Exception {
    try (Generation generation = engine.submit(request(4))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(generation::next).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(finished(drain(generation)).reason()).isEqualTo(Reason.LENGTH);
    }
  }

  @Test
  void refusesPromptsThatDoNotFit() {
    Prompt prompt = new Prompt.Text("x ".repeat(3 * CONTEXT), true);
    assertThatThrownBy(() -> events(new GenerationRequest(prompt, GREEDY, 1)))
        .isInstanceOfSatisfying(
            ContextExceededException.class, e -> assertThat(e.contextLength()).isEqualTo(CONTEXT))
        .hasMessageStartingWith("prompt has ")
        .hasMessageContaining("the context holds " + CONTEXT);
    assertThatThrownBy(() -> engine.tokenize(prompt)).isInstanceOf(RequestException.class);
  }

  @Test
  void refusesTokensThatDoNotExist() {
    int[] ids = {1, 1_000_000};
    assertThatThrownBy(() -> events(new GenerationRequest(new Prompt.Tokens(ids), GREEDY, 1)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("1000000");
    assertThatThrownBy(() -> engine.detokenize(ids)).isInstanceOf(EngineException.class);
    assertThatThrownBy(
            () -> events(new GenerationRequest(new Prompt.Tokens(new int[0]), GREEDY, 1)))
        .isInstanceOf(RequestException.class);
  }

  @Test
  void turnsTextsIntoTokensAndBack() {
    int[] ids = engine.tokenize("one two", false, false);
    assertThat(ids).isNotEmpty();
    assertThat(engine.detokenize(ids).strip()).isEqualTo("one two");
  }

  @Test
  void makesSeveralAnswersToOneRequest() throws Exception {
    List<Generation> answers = engine.submit(request(4), 3);
    assertThat(answers).hasSize(3);
    for (Generation answer : answers) {
      try (answer) {
        assertThat(finished(drain(answer)).usage().completionTokens()).isEqualTo(4);
      }
    }
    assertThatThrownBy(() -> engine.submit(request(4), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersConversations() throws Exception {
    var chat =
        new Prompt.Chat(
            new ChatInput(List.of(new ChatMessage(ChatMessage.Role.USER, "hello there"))));
    GenerationRequest request = new GenerationRequest(chat, GREEDY, 8);
    List<GenerationEvent> events = events(request);
    assertThat(text(events)).isNotEmpty();
    assertThat(finished(events).usage().promptTokens()).isEqualTo(engine.tokenize(chat).length);
  }

  @Test
  void holdsAnAnswerToAChoice() throws Exception {
    GenerationRequest request =
        new GenerationRequest(PROMPT, SamplingParameters.defaults().withTemperature(0), 32)
            .withRules(AnswerRules.of(new AnswerFormat.Choice(List.of("yes", "no"))));
    assertThat(text(events(request))).isIn("yes", "no");
  }

  @Test
  void embedsTextsInTheirOrder() throws Exception {
    Embeddings both = embedder.embed(EmbeddingRequest.ofTexts(List.of("hello", "world")));
    assertThat(both.items()).hasSize(2);
    for (Embedding item : both.items()) {
      double sum = 0;
      for (float number : item.vector()) {
        sum += number * number;
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
      assertThat(item.tokenCount()).isPositive();
      assertThat(item.vector()).hasSize(embedder.description().capabilities().embeddingLength());
    }
    Embeddings second = embedder.embed(EmbeddingRequest.ofTexts(List.of("world")));
    assertThat(second.items().getFirst().vector())
        .containsExactly(both.items().get(1).vector(), within(1e-4f));
  }

  @Test
  void refusesTextsThatCannotBeEmbedded() {
    EmbeddingRequest longText = EmbeddingRequest.ofTexts(List.of("hello ".repeat(500)));
    assertThatThrownBy(() -> embedder.embed(longText)).isInstanceOf(ContextExceededException.class);
    assertThatThrownBy(
            () -> embedder.embed(EmbeddingRequest.ofTexts(List.of("x")).withDimensions(100_000)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("dimensions");
    assertThatThrownBy(() -> embedder.rerank(new RerankRequest("a", List.of("b"))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("can embed");
  }

  @Test
  void cutsTextsThatMayBeCut() throws Exception {
    Embeddings cut =
        embedder.embed(EmbeddingRequest.ofTexts(List.of("hello ".repeat(500))).withTruncate(true));
    assertThat(cut.items().getFirst().truncated()).isTrue();
    assertThat(cut.items().getFirst().tokenCount()).isLessThanOrEqualTo(64);
  }

  @Test
  void refusesMoreThanMayWait() {
    EngineOptions narrow = OPTIONS.withMaxSequences(1).withQueueCapacity(2);
    List<Generation> taken = new ArrayList<>();
    try (Engine small = provider().load(generator(), narrow)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 20; i++) {
                  taken.add(
                      small.submit(new GenerationRequest(slowPrompt(), GREEDY, CONTEXT - 64)));
                }
              })
          .isInstanceOfSatisfying(
              EngineOverloadedException.class,
              e -> assertThat(e.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
      assertThat(taken).hasSizeBetween(2, 4);
      taken.forEach(Generation::close);
    }
  }

  @Test
  void endsWhatRunsWhenItIsClosed() throws Exception {
    Engine own = provider().load(generator(), OPTIONS);
    try (Generation generation =
        own.submit(new GenerationRequest(slowPrompt(), GREEDY, CONTEXT - 64))) {
      generation.next();
      own.close();
      own.close();
      assertThatThrownBy(() -> drain(generation))
          .isInstanceOf(EngineException.class)
          .hasMessage("engine was closed");
    }
    assertThat(own.running()).isFalse();
    assertThatThrownBy(() -> own.submit(request(1))).isInstanceOf(EngineException.class);
  }
}
