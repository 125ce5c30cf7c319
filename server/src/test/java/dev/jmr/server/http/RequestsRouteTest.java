package dev.jmr.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RequestsRouteTest {
  private static final TestServer SERVER = TestServer.start();
  private static final AtomicInteger IDS = new AtomicInteger();
  private static final String CHAT =
      "{\"model\":\"tinyq-llama-Q4_K_M\",\"temperature\":0,\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"secret word\"}]}";

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static JsonNode records(String model) throws Exception {
    return Json.read(SERVER.get("/engines/requests?model=" + model).body());
  }

  /// What is recorded of a request that it sends: it is there as soon as the answer is.
  private static JsonNode sent(String path, String body) throws Exception {
    String id = "test-" + IDS.incrementAndGet();
    SERVER.send(
        SERVER.request(path).header("x-request-id", id).POST(BodyPublishers.ofString(body)));
    for (JsonNode record :
        Json.read(SERVER.get("/engines/requests").body()).findValues("records")) {
      JsonNode last = record.get(record.size() - 1);
      if (last.path("id").textValue().equals(id)) {
        return last;
      }
    }
    throw new AssertionError("not recorded: " + body);
  }

  @Test
  void recordsAnswersAndStreamsAlikeAndOutlivesTheLoadedModel() throws Exception {
    JsonNode whole = sent("/v1/chat/completions", CHAT);
    JsonNode answer = Json.read(whole.path("response").textValue());
    assertThat(answer.at("/usage/completion_tokens").intValue()).isPositive();
    assertThat(whole.path("request").textValue()).isEqualTo(CHAT);
    assertThat(whole.path("status_code").intValue()).isEqualTo(200);
    assertThat(whole.path("url").textValue()).isEqualTo("/v1/chat/completions");
    assertThat(whole.path("user_agent").textValue()).startsWith("Java-http-client");
    JsonNode streamed =
        sent("/engines/v1/chat/completions", CHAT.replace("{\"model", "{\"stream\":true,\"model"));
    assertThat(Json.read(streamed.path("response").textValue()).at("/choices/0/message/content"))
        .isEqualTo(answer.at("/choices/0/message/content"));
    SERVER.models().unload(_ -> true);
    assertThat(records("tinyq-llama-Q4_K_M").at("/0/count").intValue()).isGreaterThanOrEqualTo(2);
    assertThat(records("tinyq-llama-Q4_K_M").at("/0/config").isObject()).isTrue();
  }

  @Test
  void recordsWhatWasRefusedAndNothingOfModelsThatThereAreNot() throws Exception {
    JsonNode refused =
        sent("/v1/completions", "{\"model\":\"tiny-llama3-bpe\",\"prompt\":[99999999]}");
    assertThat(refused.path("status_code").intValue()).isEqualTo(400);
    assertThat(refused.path("error").textValue()).startsWith("token id: expected");
    assertThat(refused.has("response")).isFalse();
    SERVER.post("/v1/completions", "{\"model\":\"none\",\"prompt\":\"x\"}");
    assertThat(records("none").isEmpty()).isTrue();
  }

  /// Reads a stream up to its last event and resets the connection: the response has not ended then.
  private static void readAndLeave(String id) throws Exception {
    String body = CHAT.replace("{\"model", "{\"stream\":true,\"model");
    String request =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nx-request-id: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(id, body.length(), body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket.setSoTimeout(30_000);
      socket.setSoLinger(true, 0);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      while (!lines.readLine().equals("data: [DONE]")) {
        // The answer.
      }
    }
  }

  @Test
  void recordsAnswersWhoseClientsLeaveWithTheLastEvent() throws Exception {
    for (int i = 0; i < 20; i++) {
      readAndLeave("left-" + i);
      JsonNode newest = records("tinyq-llama-Q4_K_M").at("/0/records");
      JsonNode last = newest.get(newest.size() - 1);
      assertThat(last.path("id").textValue()).isEqualTo("left-" + i);
      assertThat(last.path("status_code").intValue()).isEqualTo(200);
      assertThat(last.has("error")).isFalse();
    }
  }

  @Test
  void tellsOfNewRequestsAsEvents() throws Exception {
    sent("/v1/chat/completions", CHAT);
    try (HttpClient client = HttpClient.newHttpClient();
        InputStream body =
            client
                .send(
                    SERVER
                        .request("/engines/requests?include_existing=true&model=tinyq-llama-Q4_K_M")
                        .header("Accept", "text/event-stream")
                        .build(),
                    BodyHandlers.ofInputStream())
                .body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("event: connected");
      assertThat(lines.readLine()).isEqualTo("data: {\"status\":\"connected\"}");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("event: existing_request");
      while (!lines.readLine().isEmpty()) {
        // The data.
      }
      SERVER.json("/v1/chat/completions", CHAT.replace("secret", "open"));
      assertThat(lines.readLine()).isEqualTo("event: new_request");
      JsonNode news = Json.read(lines.readLine().substring("data: ".length()));
      assertThat(news).hasSize(1);
      assertThat(news.at("/0/records/0/request").textValue()).contains("open word");
    }
  }
}
