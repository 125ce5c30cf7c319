package dev.jmr.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The calls of Open WebUI in their order: models, a chat as a stream, then title, tags and follow-ups at the same time, and
/// the embeddings of a document.
@Timeout(60)
final class OpenWebUiTest {
  private static final TestServer SERVER = TestServer.start();
  private static final String MODEL = "tinyq-llama-Q4_K_M";

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static HttpRequest.Builder request(String path) {
    return SERVER
        .request("/engines/v1" + path)
        .header("Authorization", "Bearer none")
        .header("Content-Type", "application/json")
        .header("X-OpenWebUI-User-Name", "Ada")
        .header("X-OpenWebUI-User-Email", "ada@example.com");
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return SERVER.send(request(path).POST(BodyPublishers.ofString(body)));
  }

  @Test
  void verifiesItsConnectionAndListsModels() throws Exception {
    HttpResponse<String> response = SERVER.send(request("/models"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Json.read(response.body()).path("data").findValuesAsText("id")).contains(MODEL);
  }

  private static String chat() {
    return """
    {"model":"%s","stream":true,"stream_options":{"include_usage":true},"max_tokens":8,"temperature":0,
     "reasoning_effort":"low","params":{},"features":{"web_search":false},"variables":{"{{USER_NAME}}":"Ada"},
     "session_id":"s","chat_id":"c","id":"m","background_tasks":{"title_generation":true},"metadata":{"chat":"c"},
     "messages":[
      {"role":"system","content":"be kind"},
      {"role":"user","content":[{"type":"text","text":"hi","cache_control":{"type":"ephemeral"}}]}]}
    """
        .formatted(MODEL);
  }

  @Test
  void streamsAChatWithItsUsage() throws Exception {
    HttpResponse<String> response = post("/chat/completions", chat());
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .contains("text/event-stream");
    List<String> data =
        response
            .body()
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> line.substring(6))
            .toList();
    assertThat(data.getLast()).isEqualTo("[DONE]");
    JsonNode usage = Json.read(data.get(data.size() - 2));
    assertThat(usage.path("choices")).isEmpty();
    assertThat(usage.at("/usage/completion_tokens").intValue()).isEqualTo(8);
    assertThat(usage.at("/timings/predicted_per_second").doubleValue()).isPositive();
  }

  @Test
  void makesTitleTagsAndFollowUpsAtTheSameTime() throws Exception {
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String task : List.of("title", "tags", "follow-ups", "queries")) {
        String body =
            "{\"model\":\"%s\",\"stream\":false,\"max_completion_tokens\":12,\"metadata\":{\"task\":\"%s\"},\"messages\":[{\"role\":\"user\",\"content\":\"### Task: make %s as JSON\"}]}"
                .formatted(MODEL, task, task);
        answers.add(threads.submit(() -> post("/chat/completions", body)));
      }
    }
    for (Future<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThat(Json.read(answer.get().body()).at("/choices/0/message/content").isTextual())
          .isTrue();
    }
  }

  @Test
  void embedsTheChunksOfADocument() throws Exception {
    HttpResponse<String> response =
        post(
            "/embeddings",
            "{\"model\":\"tiny-bert-mean\",\"input\":[\"a chunk\",\"another\",\"the last\"],\"user\":\"ada\"}");
    JsonNode data = Json.read(response.body()).path("data");
    assertThat(data).hasSize(3);
    assertThat(data.path(2).path("index").intValue()).isEqualTo(2);
    assertThat(data.path(2).path("embedding")).isNotEmpty();
  }

  @Test
  void showsErrorsToItsUser() throws Exception {
    HttpResponse<String> response =
        post("/chat/completions", chat().replace(MODEL, "ai/that-is-not-here"));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(Json.read(response.body()).at("/error/message").textValue())
        .contains("model 'ai/that-is-not-here' not found");
  }

  @Test
  void getsAnErrorForWhatIsNotThere() throws Exception {
    for (String path : List.of("/audio/speech", "/audio/transcriptions", "/images/generations")) {
      HttpResponse<String> response = post(path, "{\"model\":\"%s\"}".formatted(MODEL));
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(Json.read(response.body()).at("/error/message").isTextual()).isTrue();
    }
  }
}
