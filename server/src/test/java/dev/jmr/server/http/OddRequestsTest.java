package dev.jmr.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that most clients do not send, byte by byte.
@Timeout(30)
final class OddRequestsTest {
  private static final TestServer SERVER = TestServer.start();
  private static final String CHAT =
      "{\"model\":\"tinyq-llama-Q4_K_M\",\"max_tokens\":2,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  @AfterAll
  static void close() {
    SERVER.close();
  }

  /// All that comes back until the server ends the connection.
  private static String answer(String... pieces) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      OutputStream out = socket.getOutputStream();
      for (String piece : pieces) {
        out.write(piece.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String head(String path) throws IOException {
    return answer("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  @Test
  void answersHttp10AndEndsTheConnection() throws Exception {
    assertThat(answer("GET /version HTTP/1.0\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("\"}");
    assertThat(
            answer(
                "POST /v1/chat/completions HT",
                "TP/1.0\r",
                "\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s".formatted(CHAT.length(), CHAT)))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("chat.completion");
  }

  @Test
  void saysWhatIsWrongWithARequestThatReachesNoRoute() throws Exception {
    assertThat(answer("GET /version HTTP/7.0\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("expected HTTP/1.1");
    assertThat(answer("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ")
        .contains("expected at most 8192 bytes");
  }

  @Test
  void answersHeadAsGetWithoutTheEntity() throws Exception {
    for (String path : List.of("/", "/v1/models", "/models/tinyq-llama-Q4_K_M", "/metrics")) {
      assertThat(head(path)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
    }
    assertThat(head("/v1/models/none")).startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\n");
    assertThat(head("/nowhere")).startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\n");
    assertThat(head("/logs")).startsWith("HTTP/1.1 405 ").endsWith("\r\n\r\n");
    assertThat(head("/v1/completions"))
        .startsWith("HTTP/1.1 405 ")
        .containsIgnoringCase("allow: POST")
        .endsWith("\r\n\r\n");
  }

  @Test
  void readsNothingAfterABodyThatCannotBeRead() throws Exception {
    String smuggled = "GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String answer =
        answer(
            "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
                + smuggled);
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("expected chunks of HTTP/1.1");
    assertThat(answer.split("HTTP/1.1 [0-9]", -1)).hasSize(2);
  }

  @Test
  void answersRequestsThatComeBeforeTheAnswerToTheLast() throws Exception {
    String get = "GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String post =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(CHAT.length(), CHAT);
    String last = get.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    assertThat(answer(get + post + get + last).split("HTTP/1.1 200", -1)).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models/",
        "//v1///models",
        "/v1/models/tinyq-llama-Q4_K_M/",
        "/v1/models/%74inyq-llama-Q4_K_M",
        "/models/tinyq-llama-Q4_K_M/",
        "/engines/v1/models//"
      })
  void passesOverSlashesTooMany(String path) throws Exception {
    assertThat(SERVER.get(path).statusCode()).isEqualTo(200);
  }
}
