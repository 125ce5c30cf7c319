package dev.jmr.server.llamaserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.ContextOverflow;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineGoneException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.Engines;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.ReasoningDelta;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.GenerationEvent.ToolCallArguments;
import dev.jmr.runtime.GenerationEvent.ToolCallBegin;
import dev.jmr.runtime.GenerationEvent.ToolCallEnd;
import dev.jmr.runtime.GenerationLimits;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.runtime.Prompt;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.RerankRequest;
import dev.jmr.runtime.StopConditions;
import dev.jmr.runtime.ToolChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LlamaServerProviderTest {
  private static final ModelArtifact MODEL =
      new ModelArtifact(EngineContract.MODELS.resolve("tinyq-llama-Q4_K_M.gguf"));
  private static final EngineOptions OPTIONS = EngineOptions.defaults().withContextLength(512);
  private static final int KILL = 9;

  @TempDir Path folder;

  private static EngineProvider of(Map<String, String> environment) {
    return new LlamaServerProvider(environment);
  }

  private Engine load(String arguments) {
    return FakeInstallation.provider(folder, arguments).load(MODEL, OPTIONS);
  }

  private static GenerationRequest request(String prompt) {
    return new GenerationRequest(new Prompt.Text(prompt, true), SamplingParameters.defaults(), 100);
  }

  private static GenerationRequest chat(String text, List<Map<String, Object>> tools) {
    var messages = List.of(new ChatMessage(ChatMessage.Role.USER, text));
    var input = new ChatInput(messages, tools, Map.of(), true);
    return new GenerationRequest(new Prompt.Chat(input), SamplingParameters.defaults(), 4);
  }

  private static Map<String, Object> tool(String name) {
    return Map.of("type", "function", "function", Map.of("name", name));
  }

  /// The events of a whole answer, but those of progress.
  private static List<GenerationEvent> events(Engine engine, GenerationRequest request)
      throws InterruptedException {
    List<GenerationEvent> events = new ArrayList<>();
    try (Generation generation = engine.submit(request)) {
      do {
        GenerationEvent event = generation.next();
        if (!(event instanceof PromptProgress)) {
          events.add(event);
        }
      } while (events.isEmpty() || !(events.getLast() instanceof Finished));
    }
    return events;
  }

  private static ProcessHandle process(Engine engine) {
    String id = engine.description().backend().replaceAll(".*process ([0-9]+).*", "$1");
    return ProcessHandle.of(Long.parseLong(id)).orElseThrow();
  }

  @Test
  void saysWhyItCannotBeUsed() throws Exception {
    assertThat(of(Map.of()).unavailable())
        .contains(
            "LLAMA_SERVER_PATH is not set; set it to llama.cpp's llama-server to have models run by it");
    assertThat(of(Map.of("LLAMA_SERVER_PATH", folder.toString())).unavailable().orElseThrow())
        .startsWith("LLAMA_SERVER_PATH: expected a program llama-server or a folder")
        .contains(folder.toString());
    Path text = Files.writeString(folder.resolve("text"), "no program");
    assertThat(of(Map.of("LLAMA_SERVER_PATH", text.toString())).unavailable()).isPresent();
    assertThatThrownBy(() -> of(Map.of()).load(MODEL, OPTIONS))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("LLAMA_SERVER_PATH is not set");
  }

  @Test
  void isFoundAfterOurOwnEngine() {
    List<Engines.Candidate> candidates = Engines.candidates();
    assertThat(candidates)
        .extracting(candidate -> candidate.provider().name())
        .containsSubsequence("local", "llama-server");
    assertThat(Engines.supporting(candidates, MODEL).name()).isEqualTo("local");
    assertThat(Engines.Candidate.of(of(Map.of())))
        .hasToString(
            "llama-server: skipped: LLAMA_SERVER_PATH is not set; set it to llama.cpp's llama-server to have models run by it");
  }

  @Test
  void findsTheProgramInAFolderOrBetweenQuotes() {
    Path program = FakeInstallation.program(folder);
    assertThat(Installation.of(Map.of("LLAMA_SERVER_PATH", folder.toString())).program())
        .isEqualTo(program);
    assertThat(Installation.of(Map.of("LLAMA_SERVER_PATH", " \"" + program + "\" ")).program())
        .isEqualTo(program);
  }

  @Test
  void refusesArgumentsThatAreGivenAnyway() {
    for (String argument : List.of("--model x", "--host 0.0.0.0", "--embeddings", "--mmproj=x")) {
      assertThat(of(FakeInstallation.environment(folder, "--mlock " + argument)).unavailable())
          .contains(
              "LLAMA_ARGS: expected none of the arguments that are given anyway, got %s; leave it out"
                  .formatted(argument.split("[ =]", 2)[0]));
    }
    assertThat(of(FakeInstallation.environment(folder, "--alias 'open")).unavailable())
        .contains("LLAMA_ARGS: expected every quote to be closed, got an open '");
  }

  @Test
  void splitsArgumentsAsAShell() {
    assertThat(ShellWords.split(" -a  'b c' \"d \\\" 'e\"f g\\ h '' "))
        .containsExactly("-a", "b c", "d \" 'ef", "g h", "");
  }

  @Test
  void tellsWhatTheServerSaidWhenItDoesNotStart() {
    assertThatThrownBy(() -> load("--fake-fail"))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(
            "llama-server: failed to load model: exit code 1, and its last words:")
        .hasMessageEndingWith("error: unknown model architecture: 'future'");
  }

  @Test
  void waitsUntilTheModelIsLoaded() throws Exception {
    try (Engine engine = load("--fake-load-millis 700")) {
      assertThat(events(engine, request("one"))).isNotEmpty();
    }
  }

  @Test
  void tellsThatTheProcessWasKilledAndEndsAllAnswers() throws Exception {
    try (Engine engine = load("");
        Generation generation = engine.submit(request("SLOW"))) {
      generation.next();
      ProcessHandle process = process(engine);
      new ProcessBuilder("kill", "-" + KILL, Long.toString(process.pid())).start().waitFor();
      assertThatThrownBy(
              () -> {
                while (true) {
                  generation.next();
                }
              })
          .isInstanceOf(EngineException.class)
          .hasMessageStartingWith("llama-server: expected it to run, but it was killed by signal 9")
          .hasMessageEndingWith("it is started again by the next request");
      assertThat(engine.running()).isFalse();
      assertThatThrownBy(() -> events(engine, request("one")))
          .isInstanceOf(EngineGoneException.class);
    }
  }

  @Test
  void tellsTheLastWordsOfAProcessThatCrashed() throws Exception {
    try (Engine engine = load("")) {
      assertThatThrownBy(() -> events(engine, request("CRASH")))
          .isExactlyInstanceOf(EngineException.class)
          .hasMessageContaining("it was killed by signal 6")
          .hasMessageContaining("GGML_ASSERT(told to crash) failed");
      assertThat(engine.running()).isFalse();
    }
  }

  @Test
  void leavesNoProcessBehindWhenItIsClosed() throws Exception {
    Engine engine = load("");
    ProcessHandle process = process(engine);
    assertThat(process.isAlive()).isTrue();
    engine.close();
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void leavesNoProcessBehindWhenTheJvmEnds() throws Exception {
    Process holder = EngineHolder.start(FakeInstallation.program(folder), MODEL.file(), folder);
    try (var lines = holder.inputReader()) {
      ProcessHandle process = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertThat(process.isAlive()).isTrue();
      holder.getOutputStream().close();
      assertThat(holder.waitFor(20, TimeUnit.SECONDS)).isTrue();
      process.onExit().get(20, TimeUnit.SECONDS);
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void endsWhatAJvmLeftBehindThatWasKilled() throws Exception {
    LlamaServerProvider provider = FakeInstallation.provider(folder, "");
    Process holder = EngineHolder.start(FakeInstallation.program(folder), MODEL.file(), folder);
    try (var lines = holder.inputReader()) {
      ProcessHandle process = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertThat(provider.endAbandoned()).isEmpty();
      assertThat(process.isAlive()).isTrue();
      holder.destroyForcibly().waitFor();
      assertThat(process.isAlive()).isTrue();
      assertThat(provider.endAbandoned())
          .containsExactly(
              "llama-server: ended process %d, which a program left behind that was killed"
                  .formatted(process.pid()));
      assertThat(process.isAlive()).isFalse();
      assertThat(provider.endAbandoned()).isEmpty();
    }
  }

  @Test
  void cancelsARequestThatIsNeverAnswered() throws Exception {
    try (Engine engine = load("");
        Generation generation = engine.submit(request("HANG"))) {
      generation.cancel();
      assertThat(((Finished) generation.next()).reason()).isEqualTo(Reason.CANCELLED);
      assertThat(engine.stats().running()).isZero();
    }
  }

  @Test
  void passesThoughtsOnApartFromText() throws Exception {
    try (Engine engine = load("")) {
      List<GenerationEvent> events = events(engine, chat("THINK", List.of()));
      assertThat(events.getFirst()).isEqualTo(new ReasoningDelta("let me see"));
      assertThat(events.get(1)).isInstanceOf(TextDelta.class);
    }
  }

  @Test
  void passesCallsOfToolsOn() throws Exception {
    List<Map<String, Object>> tools = List.of(tool("f"), tool("g"));
    try (Engine engine = load("")) {
      assertThat(events(engine, chat("x", tools)))
          .startsWith(
              new ToolCallBegin(0, "id2", "f"),
              new ToolCallArguments(0, "{\"a\":"),
              new ToolCallArguments(0, "1}"),
              new ToolCallEnd(0),
              new ToolCallBegin(1, "id4", "g"))
          .contains(new ToolCallEnd(1), atIndex(7))
          .last()
          .isInstanceOfSatisfying(
              Finished.class, end -> assertThat(end.reason()).isEqualTo(Reason.STOP));
      GenerationRequest one =
          chat("x", tools).withRules(AnswerRules.FREE.withParallelToolCalls(false));
      assertThat(events(engine, one))
          .endsWith(new ToolCallEnd(0), events(engine, one).getLast())
          .hasSize(5);
      GenerationRequest named =
          chat("x", tools).withRules(AnswerRules.FREE.withToolChoice(new ToolChoice.Named("g")));
      assertThat(events(engine, named).getFirst()).isEqualTo(new ToolCallBegin(0, "id2", "g"));
    }
  }

  private static org.assertj.core.data.Index atIndex(int index) {
    return org.assertj.core.data.Index.atIndex(index);
  }

  @Test
  void refusesWhatTheServerCannotDo() {
    try (Engine engine = load("")) {
      GenerationRequest plain = request("x");
      for (GenerationRequest request :
          List.of(
              plain.withStop(new StopConditions(List.of(), Set.of(7), false)),
              plain.withRules(AnswerRules.of(new AnswerFormat.Regex("a+"))),
              plain.withRules(AnswerRules.of(new AnswerFormat.Schema("{"))),
              plain.withLimits(
                  GenerationLimits.STANDARD.withOverflow(new ContextOverflow(true, false, 0))),
              chat("x", List.of()).withStop(new StopConditions(List.of("a"), Set.of(), true)))) {
        assertThatThrownBy(() -> engine.submit(request)).isInstanceOf(RequestException.class);
      }
      assertThatThrownBy(() -> engine.rerank(new RerankRequest("a", List.of("b"))))
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "reranking: expected a model that llama-server runs for that, got one that can generate; configure it with --embeddings and --pooling, or --reranking");
    }
  }

  @Test
  void ranksWhenItIsStartedForIt() throws Exception {
    EngineProvider provider = FakeInstallation.provider(folder, "");
    try (Engine engine = provider.load(MODEL, OPTIONS.withArguments(List.of("--reranking")))) {
      var ranking = engine.rerank(new RerankRequest("cat", List.of("a dog", "a cat")));
      assertThat(ranking.best(1).getFirst().index()).isEqualTo(1);
      assertThat(ranking.items().getFirst().tokenCount()).isPositive();
    }
  }

  @Test
  void startsTheServerAsDockersModelRunnerDoes() {
    ModelHeader header = ModelHeader.of(MODEL.file());
    EngineOptions options =
        OPTIONS
            .withMaxSequences(4)
            .withThreads(3)
            .withArguments(List.of("--ctx-size", "7", "--parallel=2", "--no-warmup"));
    CommandLine line = CommandLine.of(header, options, List.of("--mlock"));
    assertThat(line.arguments(12345, Optional.of(Path.of("t.jinja"))))
        .containsSubsequence("-ngl", "999", "--metrics")
        .containsSubsequence("--threads", "3")
        .containsSubsequence("--model", MODEL.file().toAbsolutePath().toString())
        .containsSubsequence("--host", "127.0.0.1", "--port", "12345")
        .containsSubsequence("--chat-template-file", "t.jinja", "--jinja")
        .containsSubsequence("--ctx-size", "1024", "--parallel", "2")
        .endsWith("--no-warmup", "--mlock")
        .doesNotContain("7", "--embeddings");
  }

  @Test
  void startsItForEmbeddingsWhereTheModelIsForThem() {
    ModelHeader header = ModelHeader.of(EngineContract.MODELS.resolve("tiny-bert-mean.gguf"));
    assertThat(CommandLine.of(header, OPTIONS, List.of()).arguments(1, Optional.empty()))
        .contains("--embeddings")
        .containsSubsequence("--ubatch-size", "512")
        .doesNotContain("--jinja", "--pooling");
    ModelHeader generator = ModelHeader.of(MODEL.file());
    EngineOptions pooled = OPTIONS.withArguments(List.of("--embeddings", "--pooling", "last"));
    assertThat(CommandLine.of(generator, pooled, List.of()).arguments(1, Optional.empty()))
        .containsSubsequence("--embeddings", "--pooling", "last");
  }
}
