package dev.jmr.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/// Writes errors: as OpenAI's JSON, or as plain text on the routes on which Docker's clients read text.
public final class ErrorWriter {
  private static final int UNAVAILABLE = 503;

  /// Clients of OpenAI repeat requests on 5xx unless this says `false`.
  private static final HeaderName SHOULD_RETRY = HeaderNames.create("x-should-retry");

  private ErrorWriter() {}

  /// Answers with an error; the connection stays as it is.
  ///
  /// @param path decides about the form
  static void send(ServerResponse response, String path, ApiException error) {
    response.status(error.status());
    error
        .retryAfter()
        .ifPresent(time ->
            response.header(HeaderNames.RETRY_AFTER, Long.toString(Math.max(1, time.toSeconds()))));
    if (error.status() == UNAVAILABLE && error.retryAfter().isEmpty()) {
      response.header(SHOULD_RETRY, "false");
    }
    if (isText(path)) {
      response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
      response.header("X-Content-Type-Options", "nosniff");
      response.send((error.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
    } else {
      response.header(HeaderNames.CONTENT_TYPE, Json.MEDIA_TYPE);
      response.send(Json.bytes(json(error)));
    }
  }

  /// `{"error": {"message", "type", "param", "code"}}`.
  public static ObjectNode json(ApiException error) {
    ObjectNode root = Json.object();
    ObjectNode body = root.putObject("error");
    body.put("message", String.valueOf(error.getMessage()));
    body.put("type", error.type());
    body.put("param", error.param().orElse(null));
    body.put("code", error.code().orElse(null));
    return root;
  }

  /// Routes of Docker Model Runner itself, as opposed to those of OpenAI's API.
  private static boolean isText(String path) {
    boolean inference = path.contains("/v1/") || path.endsWith("/v1");
    return !inference
        && (path.startsWith("/models")
            || path.startsWith("/engines")
            || path.startsWith("/logs")
            || path.startsWith("/metrics"));
  }
}
