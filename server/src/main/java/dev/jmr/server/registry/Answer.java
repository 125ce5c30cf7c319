package dev.jmr.server.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/// The answer to one request. Whoever gets it closes it.
///
/// @param uri that answered, after redirects
/// @param body ends with an exception when the connection is cut or nothing comes for too long
record Answer(URI uri, int status, HttpHeaders headers, InputStream body) implements AutoCloseable {
  private static final int MAX_REST = 16 << 10;

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  List<String> headerValues(String name) {
    return headers.allValues(name);
  }

  /// The body, at most so many bytes of it.
  byte[] bytes(int limit) throws IOException {
    return body.readNBytes(limit);
  }

  /// Closes it so that its connection can be used again, if little is left of the body.
  void drop() throws IOException {
    try (body) {
      body.readNBytes(MAX_REST);
    }
  }

  boolean redirects() {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> header("Location").isPresent();
      default -> false;
    };
  }

  /// Whether the server may do better another time.
  boolean busy() {
    return switch (status) {
      case 408, 425, 429, 500, 502, 503, 504 -> true;
      default -> false;
    };
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
