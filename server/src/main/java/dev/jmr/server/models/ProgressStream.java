package dev.jmr.server.models;

import dev.jmr.server.transfer.ProgressEvent;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Progress as Docker's clients read it: one JSON object in each line, which is plain for who accepts exactly
/// `application/json`, and escaped as for HTML otherwise. Begins the response with the first event, so that what goes wrong
/// before is answered with a status. Thread-safe.
final class ProgressStream implements AutoCloseable {
  private final ServerResponse response;
  private final boolean json;
  private Optional<OutputStream> out = Optional.empty();

  ProgressStream(ServerRequest request, ServerResponse response) {
    this.response = response;
    this.json =
        request.headers().first(HeaderNames.ACCEPT).filter("application/json"::equals).isPresent();
  }

  synchronized boolean begun() {
    return out.isPresent();
  }

  /// Sends an event.
  ///
  /// @throws UncheckedIOException if the client is gone
  synchronized void send(ProgressEvent event) {
    try {
      if (out.isEmpty()) {
        response.header(
            HeaderNames.CONTENT_TYPE, json ? "application/json" : "text/plain; charset=utf-8");
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        out = Optional.of(response.outputStream());
      }
      String line = (json ? event.json() : escaped(event.json())) + "\n";
      OutputStream stream = out.orElseThrow();
      stream.write(line.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("client is gone", e);
    }
  }

  /// As Go's `html.EscapeString`.
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  @Override
  public synchronized void close() {
    if (out.isPresent()) {
      try {
        out.get().close();
      } catch (IOException e) {
        throw new UncheckedIOException("client is gone", e);
      }
    }
  }
}
