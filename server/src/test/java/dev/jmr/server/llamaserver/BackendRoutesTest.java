package dev.jmr.server.llamaserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.ServerOptions;
import dev.jmr.server.http.TestServer;
import dev.jmr.server.manager.LoadedStatus;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BackendRoutesTest {
  private static final String MODEL = "tinyq-llama-Q4_K_M";

  @TempDir Path folder;

  private static TestServer server(LlamaServerProvider external) {
    List<EngineProvider> engines =
        Stream.concat(
                TestServer.installed().stream()
                    .filter(provider -> !provider.name().equals(LlamaServerProvider.NAME)),
                Stream.of(external))
            .toList();
    return TestServer.start(
        ServerOptions.defaults(), TestServer.tinyModels(UnaryOperator.identity(), engines));
  }

  private TestServer withExternal() {
    return server(FakeInstallation.provider(folder, ""));
  }

  private static String chat(String text, String more) {
    return "{\"model\":\"%s\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
        .formatted(MODEL, text, more);
  }

  private static JsonNode get(TestServer server, String path) throws Exception {
    return Json.read(server.get(path).body());
  }

  private static String backend(TestServer server, String path) throws Exception {
    HttpResponse<String> answer = server.post(path, chat("hello", ""));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return get(server, "/engines/ps").at("/0/backend_name").textValue();
  }

  @Test
  void callsOurEngineLlamaCppWhereThereIsNoOther() throws Exception {
    try (TestServer server = server(new LlamaServerProvider(Map.of()))) {
      assertThat(backend(server, "/engines/llama.cpp/v1/chat/completions")).isEqualTo("llama.cpp");
      assertThat(backend(server, "/engines/local/v1/chat/completions")).isEqualTo("llama.cpp");
      assertThat(server.models().loaded()).hasSize(1);
      JsonNode status = get(server, "/engines/status");
      assertThat(status.path("llama.cpp").textValue()).startsWith("Running: ");
      assertThat(status.path("llama-server").textValue())
          .startsWith("Not Installed: LLAMA_SERVER_PATH is not set");
      HttpResponse<String> absent =
          server.post("/engines/llama-server/v1/chat/completions", chat("x", ""));
      assertThat(absent.statusCode()).isEqualTo(412);
      assertThat(absent.body())
          .contains("backend \\\"llama-server\\\" is not installed: LLAMA_SERVER_PATH is not set");
    }
  }

  @Test
  void refusesEnginesThatNobodyKnows() throws Exception {
    try (TestServer server = withExternal()) {
      HttpResponse<String> unknown = server.post("/engines/vllm/v1/chat/completions", "no json");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body())
          .contains(
              "backend not found; expected one of llama-server, llama.cpp, local, got 'vllm'");
      assertThat(server.get("/engines/vllm/v1/models").statusCode()).isEqualTo(404);
      assertThat(server.get("/engines/llama-server/v1/models").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void runsOneModelByBothEnginesByTheirNames() throws Exception {
    try (TestServer server = withExternal()) {
      assertThat(backend(server, "/engines/llama.cpp/v1/chat/completions")).isEqualTo("llama.cpp");
      assertThat(backend(server, "/engines/llama-server/v1/chat/completions"))
          .isEqualTo("llama.cpp");
      assertThat(server.models().loaded()).hasSize(1);
      backend(server, "/v1/chat/completions");
      assertThat(get(server, "/engines/ps"))
          .extracting(runner -> runner.path("backend_name").textValue())
          .containsExactly("llama.cpp", "local");
      JsonNode status = get(server, "/engines/status");
      assertThat(status.path("llama.cpp").textValue()).startsWith("Running: ");
      assertThat(status.path("local").textValue()).startsWith("Running: ");
      assertThat(server.post("/engines/unload", "{\"backend\":\"llama.cpp\"}").body())
          .isEqualTo("{\"unloaded_runners\":1}");
      assertThat(get(server, "/engines/ps"))
          .extracting(runner -> runner.path("backend_name").textValue())
          .containsExactly("local");
    }
  }

  @Test
  void passesStreamsThrough() throws Exception {
    try (TestServer server = withExternal()) {
      List<String> events =
          server.events(
              "/engines/llama.cpp/v1/chat/completions",
              chat("THINK", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
      assertThat(events.get(1)).contains("\"reasoning_content\":\"let me see\"");
      assertThat(events.getLast()).isEqualTo("[DONE]");
      JsonNode usage = Json.read(events.get(events.size() - 2)).path("usage");
      assertThat(usage.path("completion_tokens").intValue()).isEqualTo(5);
      assertThat(Json.read(events.get(events.size() - 3)).at("/choices/0/finish_reason").asText())
          .isEqualTo("length");
    }
  }

  @Test
  void showsThoughtsWhereTheyAreWanted() throws Exception {
    try (TestServer server = withExternal()) {
      String path = "/engines/llama.cpp/v1/chat/completions";
      JsonNode apart = server.json(path, chat("THINK", ",\"reasoning_format\":\"deepseek\""));
      JsonNode message = apart.at("/choices/0/message");
      String text = message.path("content").textValue();
      assertThat(message.path("reasoning_content").textValue()).isEqualTo("let me see");
      JsonNode inText = server.json(path, chat("THINK", ",\"reasoning_format\":\"none\""));
      assertThat(inText.at("/choices/0/message/content").textValue())
          .isEqualTo("<think>\nlet me see\n</think>\n\n" + text);
      assertThat(inText.at("/choices/0/message").has("reasoning_content")).isFalse();
      JsonNode both = server.json(path, chat("THINK", ",\"reasoning_format\":\"deepseek-legacy\""));
      assertThat(both.at("/choices/0/message/content"))
          .isEqualTo(inText.at("/choices/0/message/content"));
      assertThat(both.at("/choices/0/message/reasoning_content").textValue())
          .isEqualTo("let me see");
      assertThat(
              server
                  .json(path, chat("THINK", ",\"reasoning_format\":\"loud\""))
                  .at("/error/param")
                  .textValue())
          .isEqualTo("reasoning_format");
    }
  }

  @Test
  void answersTheNextRequestWhenTheProcessWasKilled() throws Exception {
    try (TestServer server = withExternal()) {
      String path = "/engines/llama.cpp/v1/chat/completions";
      String before = server.json(path, chat("hello", "")).at("/choices/0/message").toString();
      ProcessHandle process = process(server);
      new ProcessBuilder("kill", "-9", Long.toString(process.pid())).start().waitFor();
      HttpResponse<String> after = server.post(path, chat("hello", ""));
      assertThat(after.statusCode()).isEqualTo(200);
      assertThat(Json.read(after.body()).at("/choices/0/message")).hasToString(before);
      assertThat(process(server).pid()).isNotEqualTo(process.pid());
    }
  }

  @Test
  void asksAnotherProcessWhenTheFirstHadNotBegun() throws Exception {
    Path marker = folder.resolve("died");
    try (TestServer server = server(FakeInstallation.provider(folder, "--fake-marker " + marker))) {
      for (String more : List.of("", ",\"stream\":true")) {
        HttpResponse<String> answer =
            server.post("/engines/llama.cpp/v1/chat/completions", chat("DIE", more));
        assertThat(marker).exists();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Files.delete(marker);
      }
    }
  }

  @Test
  void tellsWhatTheProcessSaidWhenItCrashesUnderARequest() throws Exception {
    try (TestServer server = withExternal()) {
      String path = "/engines/llama.cpp/v1/chat/completions";
      HttpResponse<String> crashed = server.post(path, chat("CRASH", ""));
      assertThat(crashed.statusCode()).isEqualTo(500);
      assertThat(Json.read(crashed.body()).at("/error/message").asText())
          .contains("killed by signal 6")
          .contains("GGML_ASSERT(told to crash) failed");
      assertThat(server.post(path, chat("hello", "")).statusCode()).isEqualTo(200);
    }
  }

  private static ProcessHandle process(TestServer server) {
    LoadedStatus loaded = server.models().loaded().getFirst();
    String backend = loaded.engine().orElseThrow().description().backend();
    String id = backend.replaceAll(".*process ([0-9]+).*", "$1");
    return ProcessHandle.of(Long.parseLong(id)).orElseThrow();
  }

  @Test
  void runsAModelByTheEngineForWhichItWasConfigured() throws Exception {
    try (TestServer server = withExternal()) {
      HttpResponse<String> configured =
          server.post(
              "/engines/llama.cpp/_configure",
              "{\"model\":\"%s\",\"context-size\":300,\"runtime-flags\":[\"--no-warmup\"]}"
                  .formatted(MODEL));
      assertThat(configured.statusCode()).isEqualTo(202);
      assertThat(backend(server, "/v1/chat/completions")).isEqualTo("llama.cpp");
      assertThat(get(server, "/engines/ps").at("/0/context_size").intValue()).isEqualTo(300);
      assertThat(get(server, "/engines/_configure").at("/0/Backend").textValue())
          .isEqualTo("llama.cpp");
      HttpResponse<String> path =
          server.post(
              "/engines/_configure",
              "{\"model\":\"%s\",\"runtime-flags\":[\"--threads\",\"/etc/passwd\"]}"
                  .formatted(MODEL));
      assertThat(path.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void refusesPromptsThatDoNotFitAsAnyEngineDoes() throws Exception {
    try (TestServer server = withExternal()) {
      String text = "x".repeat(5000);
      for (String more : List.of("", ",\"stream\":true")) {
        HttpResponse<String> answer =
            server.post("/engines/llama.cpp/v1/chat/completions", chat(text, more));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body()).at("/error/code").asText())
            .isEqualTo("context_length_exceeded");
      }
    }
  }

  @Test
  void turnsTextsIntoTokensByTheEngineOfThePath() throws Exception {
    try (TestServer server = withExternal()) {
      JsonNode tokens =
          server.json(
              "/engines/llama.cpp/v1/tokenize",
              "{\"model\":\"%s\",\"content\":\"ab\"}".formatted(MODEL));
      assertThat(tokens.path("tokens").toString()).isEqualTo("[97,98]");
    }
  }
}
