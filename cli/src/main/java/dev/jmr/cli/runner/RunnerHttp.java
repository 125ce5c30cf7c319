package dev.jmr.cli.runner;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Requests to one runner, and what its answers mean. Thread-safe.
final class RunnerHttp implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MOST_ERROR_BYTES = 1 << 16;
  private static final int MOST_RETRIES = 4;

  private final RunnerAddress address;
  private final String userAgent;
  private final HttpClient client;
  private final Optional<String> key;

  /// @param key to be sent as a bearer token, if the runner wants one
  RunnerHttp(RunnerAddress address, String version, Optional<String> key) {
    this.address = address;
    this.userAgent = "docker-model-cli/" + version;
    this.key = key;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    TlsContext.of(address.tls()).ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /// A request for a path such as `/models/ai/x`, whose parts may hold any character.
  HttpRequest.Builder request(String path, String query) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri(path, query)).header("User-Agent", userAgent);
    key.ifPresent(token -> builder.header("Authorization", "Bearer " + token));
    return builder;
  }

  private URI uri(String path, String query) {
    StringBuilder text = new StringBuilder(address.base().toString());
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "/-._~:@+".indexOf(c) >= 0;
      text.append(plain ? Character.toString(c) : "%%%02X".formatted((int) c));
    }
    return URI.create(text + (query.isEmpty() ? "" : "?" + query));
  }

  /// The JSON that a path has. Tries again when the runner is busy.
  JsonNode get(String path, String query) throws InterruptedException {
    return json(send(() -> request(path, query).GET().build()));
  }

  /// The text that a path has, piece by piece; the caller closes it.
  InputStream stream(String path, String query, String accept) throws InterruptedException {
    return send(() -> request(path, query).header("Accept", accept).GET().build());
  }

  /// The answer to a body of JSON.
  InputStream post(String path, String query, JsonNode body) throws InterruptedException {
    return post(path, query, "application/json", BodyPublishers.ofString(body.toString()));
  }

  InputStream post(String path, String query, String type, BodyPublisher body)
      throws InterruptedException {
    return sendOnce(
        request(path, query)
            .header("Content-Type", type)
            .header("Accept", "application/json")
            .POST(body)
            .build());
  }

  /// Has a model loaded for requests of this path.
  InputStream preload(String path, JsonNode body) throws InterruptedException {
    return sendOnce(
        request(path, "")
            .header("Content-Type", "application/json")
            .header("X-Preload-Only", "true")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  InputStream delete(String path, String query) throws InterruptedException {
    return sendOnce(request(path, query).DELETE().build());
  }

  /// Reads an answer to its end.
  static JsonNode json(InputStream answer) {
    try (answer) {
      return JSON.readTree(answer);
    } catch (JacksonException e) {
      throw new RunnerException("the runner answered something else than JSON", e);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  static RunnerException broken(IOException e) {
    return new RunnerException("the connection to the runner broke: " + e.getMessage(), e);
  }

  /// Makes a request, as each may be sent once only.
  private interface Maker {
    HttpRequest make();
  }

  private InputStream send(Maker maker) throws InterruptedException {
    for (int retry = 0; ; retry++) {
      try {
        return sendOnce(maker.make());
      } catch (RunnerException e) {
        boolean busy = e.status() == 502 || e.status() == 503 || e.status() == 504;
        if (!busy || retry == MOST_RETRIES) {
          throw e;
        }
        Thread.sleep(Duration.ofSeconds(1L << retry));
      }
    }
  }

  private InputStream sendOnce(HttpRequest request) throws InterruptedException {
    HttpResponse<InputStream> response;
    try {
      response = client.send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new RunnerException(
          "no model runner answers at %s; start one with 'jmr serve', or name another by MODEL_RUNNER_HOST or 'jmr context use'"
              .formatted(address),
          e);
    } catch (IOException e) {
      throw new RunnerException("%s: %s".formatted(address, reason(e)), e);
    }
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(MOST_ERROR_BYTES), StandardCharsets.UTF_8);
      throw new RunnerException(response.statusCode(), message(response.statusCode(), text));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /// What an error's body says: the message of JSON, else its text.
  private static String message(int status, String body) {
    String text = body.strip();
    try {
      JsonNode root = JSON.readTree(text);
      JsonNode error = root.path("error");
      if (error.path("message").isTextual()) {
        return error.path("message").asText();
      }
      if (error.isTextual()) {
        return error.asText();
      }
      if (root.path("message").isTextual()) {
        return root.path("message").asText();
      }
    } catch (JacksonException _) {
      // It is plain text, as Docker's routes have it.
    }
    return text.isEmpty() || text.startsWith("<")
        ? "the runner answered HTTP status " + status
        : text;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
