package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.ContextExceededException;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.RequestException;
import dev.jmr.server.json.BoundedJson;
import dev.jmr.server.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Talks HTTP to one `llama-server` on this machine. Thread-safe. What the server refuses becomes a [RequestException], what
/// it fails at an [EngineException]; that it cannot be reached stays an [IOException].
final class ServerClient implements AutoCloseable {
  private static final int MAX_ANSWER = 1 << 30;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(PATIENCE)
          .build();

  private final int port;
  private final String key;

  /// @param key that the server asks for
  ServerClient(int port, String key) {
    this.port = port;
    this.key = key;
  }

  /// Whether the server has loaded its model.
  boolean healthy() throws InterruptedException {
    try {
      HttpRequest request = request("/health").timeout(PATIENCE).GET().build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return answer(http.send(request(path).GET().build(), BodyHandlers.ofByteArray()));
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return answer(send(post(path, BoundedJson.write(body)), BodyHandlers.ofByteArray()));
  }

  /// The lines that answer; closing the stream tells the server that nobody listens any more.
  InputStream stream(String path, JsonNode body) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        send(post(path, BoundedJson.write(body)), BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream in = response.body()) {
      throw refusal(response.statusCode(), read(in.readAllBytes()));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + key);
  }

  private HttpRequest post(String path, byte[] body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  /// Sends once more what found a kept connection that the server closed at the same moment, as it does after some seconds.
  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("received no bytes")) {
        return http.send(request, handler);
      }
      throw e;
    }
  }

  private static JsonNode answer(HttpResponse<byte[]> response) throws IOException {
    JsonNode body = read(response.body());
    if (response.statusCode() != 200) {
      throw refusal(response.statusCode(), body);
    }
    return body;
  }

  static JsonNode read(byte[] bytes) throws IOException {
    try {
      return BoundedJson.read(bytes, MAX_ANSWER);
    } catch (MalformedJsonException e) {
      throw new IOException("llama-server's answer: " + e.getMessage(), e);
    }
  }

  /// What an `{"error": …}` says, in our terms.
  static EngineException refusal(int status, JsonNode body) {
    JsonNode error = body.path("error");
    String message = error.path("message").asText("status " + status);
    if (error.path("type").asText().equals("exceed_context_size_error")) {
      int tokens = error.path("n_prompt_tokens").asInt();
      int context = error.path("n_ctx").asInt();
      return new ContextExceededException(
          "prompt has %d tokens, the context holds %d; use a larger --ctx or shorten it"
              .formatted(tokens, context),
          tokens,
          context);
    }
    int code = error.path("code").asInt(status);
    boolean ofRequest = (code >= 400 && code < 500) || code == 501;
    return ofRequest
        ? new RequestException("llama-server: " + message)
        : new EngineException("llama-server: " + message);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
