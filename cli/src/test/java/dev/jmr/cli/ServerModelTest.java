package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.server.http.JmrServer;
import dev.jmr.server.http.ServerOptions;
import dev.jmr.server.manager.FileCatalog;
import dev.jmr.server.manager.KeepAlive;
import dev.jmr.server.manager.ManagerOptions;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.manager.ModelOpener;
import dev.jmr.server.manager.SettingsFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerModelTest {
  private static final String ANSWER =
      """
      data: {"choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"Hm"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"Good "}}]}

      : a comment
      data: {"choices":[{"index":0,"delta":{"content":"day"}}]}

      data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]}}]}

      data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"x\\":1}"}}]}}]}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

      data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5}}

      data: [DONE]

      """;

  @TempDir private Path folder;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private int status = 200;
  private String answer = ANSWER;
  private final HttpServer server;

  ServerModelTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean preload = exchange.getRequestHeaders().containsKey("X-Preload-Only");
    requests.add(
        "%s %s%s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                preload ? " preload" : "",
                body));
    boolean chat = exchange.getRequestURI().getPath().endsWith("/chat/completions");
    byte[] reply = (chat ? answer : "{}").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(chat ? status : 200, reply.length);
    try (exchange) {
      exchange.getResponseBody().write(reply);
    }
  }

  private String host() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private Jmr.Result run(String... arguments) {
    return Jmr.run("", Map.of("MODEL_RUNNER_HOST", host()), arguments);
  }

  @Test
  void theAnswerIsTheSameHereAndFromAServer() throws IOException {
    Path template = Files.writeString(folder.resolve("t.jinja"), TestModels.CHATML);
    ModelManager models =
        new ModelManager(
            FileCatalog.of(List.of(Path.of(Jmr.LLAMA3))),
            new ModelOpener(
                ServiceLoader.load(EngineProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList()),
            SettingsFile.inMemory(),
            new ManagerOptions(
                EngineOptions.defaults().withChatTemplate(TestModels.CHATML),
                KeepAlive.FOREVER,
                1L << 30,
                InstantSource.system()));
    String here =
        Jmr.run(
                "run",
                Jmr.LLAMA3,
                "Hello",
                "--temp",
                "0",
                "-n",
                "12",
                "--chat-template",
                template.toString())
            .out();
    try (JmrServer real = JmrServer.start(ServerOptions.defaults().withPort(0), models)) {
      String base = "http://localhost:" + real.port() + "/engines/v1";
      String name = models.catalog().models().getFirst().name();
      Jmr.Result there =
          Jmr.run("run", name, "Hello", "--temp", "0", "-n", "12", "--openaiurl", base);
      assertThat(there.err()).isEmpty();
      assertThat(there.out()).isEqualTo(here).isNotBlank();
    }
  }

  @Test
  void writesTextAndCallsAndNothingElseWhereThereIsNoTerminal() {
    Jmr.Result result = run("run", "ai/m", "Hello", "--temp", "0.5", "--system", "Be brief");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("Good day\n{\"name\": \"f\", \"arguments\": {\"x\":1}}\n\n");
    assertThat(requests.getFirst()).startsWith("GET /models/ai/m");
    assertThat(requests.getLast())
        .startsWith("POST /engines/v1/chat/completions ")
        .contains(
            "\"model\":\"ai/m\"",
            "\"stream\":true",
            "\"temperature\":0.5",
            "{\"role\":\"system\",\"content\":\"Be brief\"},{\"role\":\"user\",\"content\":\"Hello\"}")
        .doesNotContain("top_k", "mirostat", "preload");
  }

  @Test
  void countsTokensAsTheServerDoes() {
    assertThat(run("run", "ai/m", "Hello", "--verbose").err())
        .contains("prompt 7 tokens", "answer 5 tokens");
  }

  @Test
  void detachingLoadsAndAsksNothing() {
    Jmr.Result result = run("run", "-d", "ai/m");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(requests.getLast()).contains(" preload ").contains("\"model\":\"ai/m\"");
  }

  @Test
  void saysWhatTheServerSays() {
    status = 400;
    answer = "{\"error\":{\"message\":\"prompt has 9 tokens, the context 8\"}}";
    Jmr.Result result = run("run", "ai/m", "Hello");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("prompt has 9 tokens, the context 8").hasLineCount(1);
    status = 200;
    answer = "data: {\"error\":{\"message\":\"out of luck\"}}\n\n";
    assertThat(run("run", "ai/m", "Hello").err()).contains("out of luck");
  }

  @Test
  void anAnswerThatBreaksOffIsNoAnswer() {
    answer = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Go\"}}]}\n\n";
    Jmr.Result result = run("run", "ai/m", "Hello");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("the answer broke off");
  }

  @Test
  void saysThatNobodyAnswers() {
    server.stop(0);
    Jmr.Result result = Jmr.run("run", "m", "Hello", "--openaiurl", host() + "/v1");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains(host(), "nobody answers there");
  }

  @Test
  void bringsTheFilesAlongThatThePromptNames() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.txt"), "two birds\n");
    run("run", "ai/m", "@" + notes);
    assertThat(requests.getLast()).contains("\n```\\ntwo birds\\n```".replace("\n", "\\n"));
    run("run", "ai/m", "count @nothing", "--raw");
    assertThat(requests.getLast()).contains("count @nothing\"");
    Path picture = Files.write(folder.resolve("bird.PNG"), new byte[4]);
    int asked = requests.size();
    Jmr.Result seen = run("run", "ai/m", "What is on @" + picture + "?");
    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.err()).contains("expected a text, got an image").hasLineCount(1);
    assertThat(requests).hasSize(asked);
  }

  @Test
  void asksForThoughtsOrNone() {
    run("run", "ai/m", "Hello", "--think");
    assertThat(requests.getLast()).contains("\"enable_thinking\":true");
    run("run", "ai/m", "Hello", "--no-think");
    assertThat(requests.getLast()).contains("\"enable_thinking\":false", "\"reasoning_budget\":0");
    run("run", "ai/m", "Hello", "--think", "--reasoning", "high");
    assertThat(requests.getLast()).contains("\"reasoning_effort\":\"high\"");
    Jmr.Result both = run("run", "ai/m", "Hello", "--no-think", "--reasoning", "high");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("--think: expected the same as of --reasoning high");
  }

  @Test
  void showsWhatIsAskedOfAServer() {
    assertThat(Jmr.run("run", "m", "Hello", "--openaiurl", host() + "/v1", "--debug").err())
        .contains("POST " + host() + "/v1/chat/completions {\"model\":\"m\"");
  }
}
