package dev.jmr.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class JmrServerTest {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");
  private static final TestServer SERVER = TestServer.start();

  @BeforeAll
  static void ready() throws Exception {
    assertThat(SERVER.get("/health").body()).isEqualTo("{\"status\":\"ready\"}");
  }

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void saysThatItRunsAndWhichVersionItIs() throws Exception {
    assertThat(SERVER.get("/").body()).isEqualTo("Docker Model Runner is running");
    assertThat(SERVER.get("/version").body()).isEqualTo("{\"version\":\"development\"}");
  }

  @Test
  void givesEveryResponseTheIdOfItsRequest() throws Exception {
    assertThat(SERVER.get("/").headers().firstValue("x-request-id").orElseThrow())
        .startsWith("req_");
    assertThat(
            SERVER
                .send(SERVER.request("/nowhere").header("x-request-id", "mine-1"))
                .headers()
                .firstValue("x-request-id"))
        .contains("mine-1");
  }

  @Test
  void answersUnknownRoutesInTheShapeOfOpenAi() throws Exception {
    HttpResponse<String> response = SERVER.get("/v1/nonsense");
    assertThat(response.statusCode()).isEqualTo(404);
    JsonNode error = Json.read(response.body()).path("error");
    assertThat(error.path("message").textValue())
        .isEqualTo("route: expected one that there is, got GET /v1/nonsense");
    assertThat(error.path("type").textValue()).isEqualTo("not_found_error");
    assertThat(error.has("param")).isTrue();
    assertThat(error.has("code")).isTrue();
  }

  @Test
  void namesTheMethodsThatARouteHas() throws Exception {
    for (String path : List.of("/v1/chat/completions", "/engines/llama.cpp/v1/embeddings/")) {
      HttpResponse<String> response = SERVER.get(path);
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).contains("POST");
    }
  }

  @Test
  void collapsesSlashes() throws Exception {
    assertThat(SERVER.get("//v1///models").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesWhatIsNoJsonObject() throws Exception {
    for (String body :
        List.of("", "[]", "{\"model\": ", "nonsense", "\0\0\0\1\0\0\0", "[".repeat(500))) {
      HttpResponse<String> response = SERVER.post("/v1/chat/completions", body);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("\"code\":\"invalid_json\"");
    }
  }

  @Test
  void refusesBodiesThatAreTooLarge() throws Exception {
    try (TestServer small = TestServer.start(ServerOptions.defaults().withMaxBodyBytes(1000))) {
      String body = "{\"model\":\"" + "x".repeat(2000) + "\"}";
      assertThat(small.post("/v1/chat/completions", body).statusCode()).isEqualTo(413);
      HttpResponse<String> chunked =
          small.send(
              small
                  .request("/v1/chat/completions")
                  .POST(
                      BodyPublishers.fromPublisher(
                          BodyPublishers.ofByteArrays(
                              List.of(body.getBytes(StandardCharsets.UTF_8))))));
      assertThat(chunked.statusCode()).isEqualTo(413);
      assertThat(chunked.body()).contains("request_too_large");
    }
  }

  @Test
  void letsPagesOfThisMachineInAtAnyPortAndNoOthers() throws Exception {
    HttpResponse<String> own =
        SERVER.send(SERVER.request("/v1/models").header("Origin", "http://localhost:3000"));
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(own.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("http://localhost:3000");
    HttpResponse<String> foreign =
        SERVER.send(SERVER.request("/v1/models").header("Origin", "https://example.com"));
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.body()).contains("Origin not allowed");
    assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    HttpResponse<String> trick =
        SERVER.send(SERVER.request("/v1/models").header("Origin", "http://localhost.example.com"));
    assertThat(trick.statusCode()).isEqualTo(403);
  }

  @Test
  void answersPreflightRequests() throws Exception {
    HttpResponse<String> response =
        SERVER.send(
            SERVER
                .request("/v1/chat/completions")
                .header("Origin", "http://127.0.0.1:8080")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
        .contains("GET, POST, DELETE");
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("authorization");
  }

  @Test
  void refusesNamesThatOnlyPretendToBeThisMachine() throws Exception {
    assertThat(
            raw("GET /v1/models HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("host: expected a name of this machine, got evil.example.com");
    assertThat(
            raw(
                "GET /v1/models HTTP/1.1\r\nHost: model-runner.docker.internal\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void answersWhatIsNoHttpInTheShapeOfOpenAi() throws Exception {
    assertThat(raw("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("\"type\":\"invalid_request_error\"");
  }

  /// The head and the body of what is answered to these bytes.
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(10_000);
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("\r\n\r\n") < 0) {
        answer.append((char) in.read());
      }
      Matcher length = LENGTH.matcher(answer);
      int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
      return answer + new String(in.readNBytes(body), StandardCharsets.UTF_8);
    }
  }

  @Test
  void asksForOneOfTheKeysThatAreConfigured() throws Exception {
    ServerOptions options =
        ServerOptions.of(Map.of("MODEL_RUNNER_API_KEYS", "one, two", "MODEL_RUNNER_PORT", "0"))
            .withLogs(Optional.empty());
    try (TestServer locked = TestServer.start(options)) {
      HttpResponse<String> none = locked.get("/v1/models");
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.body()).contains("\"code\":\"invalid_api_key\"");
      assertThat(
              locked
                  .send(locked.request("/v1/models").header("Authorization", "Bearer three"))
                  .statusCode())
          .isEqualTo(401);
      assertThat(
              locked
                  .send(locked.request("/v1/models").header("Authorization", "Bearer two"))
                  .statusCode())
          .isEqualTo(200);
      assertThat(locked.send(locked.request("/v1/models").header("x-api-key", "one")).statusCode())
          .isEqualTo(200);
      assertThat(locked.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void listensForOtherMachinesOnlyWithAKeyOrIfToldToBeInsecure() {
    ServerOptions options = ServerOptions.defaults();
    assertThatThrownBy(() -> options.withHost("0.0.0.0", false))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("give an API key, or say that it may be insecure");
    assertThat(options.withHost("0.0.0.0", true).host()).isEqualTo("0.0.0.0");
    assertThat(options.withApiKeys(List.of("k")).withHost("0.0.0.0", false).insecure()).isFalse();
  }

  @Test
  void readsDockersVariables() {
    ServerOptions options =
        ServerOptions.of(
            Map.of("MODEL_RUNNER_PORT", "\" 8080 \"", "DMR_ORIGINS", "https://a.b, https://c.d"));
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.origins()).containsExactly("https://a.b", "https://c.d");
    assertThat(ServerOptions.of(Map.of("MODEL_RUNNER_SOCK", "/x/y.sock")).socket()).isPresent();
    assertThatThrownBy(() -> ServerOptions.of(Map.of("MODEL_RUNNER_PORT", "many")))
        .hasMessage("MODEL_RUNNER_PORT: expected a number from 0 to 65535, got 'many'");
  }
}
