package dev.jmr.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// `GET /openapi.json`: what the routes take and answer, for programs. Every route in [Routes] is in it, which a test sees to.
final class OpenApiRoute {
  private static final String RESOURCE = "openapi.json";

  private final byte[] document;

  OpenApiRoute() {
    try (InputStream in = OpenApiRoute.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new ServerException(RESOURCE + ": expected it beside the server's classes, got none");
      }
      document = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + ": cannot be read", e);
    }
  }

  void handle(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, Json.MEDIA_TYPE);
    response.send(document);
  }
}
