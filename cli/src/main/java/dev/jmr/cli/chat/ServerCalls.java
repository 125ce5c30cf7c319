package dev.jmr.cli.chat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.cli.runner.Tls;
import dev.jmr.cli.runner.TlsContext;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.RequestException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Calls of one server, and what goes wrong with them.
///
/// @param base what paths are put behind
/// @param key brought along with every call
/// @param trace is told every call, as text
record ServerCalls(HttpClient http, URI base, Optional<String> key, Consumer<String> trace) {
  private static final int MAX_ERROR = 64 << 10;
  private static final int REFUSED = 400;
  private static final int SERVER_FAILED = 500;

  static HttpClient client(Tls tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    TlsContext.of(tls).ifPresent(builder::sslContext);
    return builder.build();
  }

  /// Sends JSON and hands the answer over as it comes.
  CompletableFuture<HttpResponse<InputStream>> post(String path, JsonNode body) {
    trace.accept("POST %s%s %s".formatted(base, path, body));
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return http.sendAsync(request, BodyHandlers.ofInputStream());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).header("User-Agent", "jmr");
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  /// The same answer, if it is one of success.
  ///
  /// @throws EngineException saying what the server says
  HttpResponse<InputStream> checked(HttpResponse<InputStream> response) throws IOException {
    if (response.statusCode() < REFUSED) {
      return response;
    }
    String text = text(response);
    EngineException refusal = refusal(text.isBlank() ? "status " + response.statusCode() : text);
    throw response.statusCode() < SERVER_FAILED
        ? new RequestException(String.valueOf(refusal.getMessage()))
        : refusal;
  }

  private static String text(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      return new String(body.readNBytes(MAX_ERROR), StandardCharsets.UTF_8);
    }
  }

  /// What a server says when it does not answer: `{"error": {"message": …}}`, `{"error": …}`, or a text.
  EngineException refusal(String body) {
    String message = body.strip();
    try {
      JsonNode json = RequestBody.JSON.readTree(body);
      JsonNode error = json.has("error") ? json.path("error") : json;
      message = error.isTextual() ? error.asText() : error.path("message").asText(message);
    } catch (JacksonException _) {
      // A text.
    }
    return new EngineException("%s: %s".formatted(base.getAuthority(), message));
  }

  /// What to say of a connection that failed.
  EngineException failure(Throwable cause) {
    if (cause instanceof EngineException known) {
      return known;
    }
    if (cause instanceof ConnectException) {
      return new EngineException(
          "%s: nobody answers there; is the server running (jmr serve), and is the address right?"
              .formatted(base),
          cause);
    }
    return new EngineException("%s: %s".formatted(base.getAuthority(), cause.getMessage()), cause);
  }
}
