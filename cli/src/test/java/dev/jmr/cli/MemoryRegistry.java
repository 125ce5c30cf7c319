package dev.jmr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jmr.server.artifact.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// An OCI registry on a free port of this machine, which keeps what is pushed as long as it is open.
final class MemoryRegistry implements AutoCloseable {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
  private final HttpServer server;

  MemoryRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /// As it stands before the names of models.
  String name() {
    return "localhost:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      switch (exchange.getRequestMethod()) {
        case "POST" -> begin(exchange);
        case "PATCH", "PUT" -> {
          if (path.startsWith("/upload/")) {
            upload(exchange, path.substring("/upload/".length()));
          } else {
            store(path, exchange.getRequestBody().readAllBytes());
            respond(exchange, 201, new byte[0]);
          }
        }
        default -> get(exchange, path);
      }
    }
  }

  private void begin(HttpExchange exchange) throws IOException {
    String id = UUID.randomUUID().toString();
    uploads.put(id, new ByteArrayOutputStream());
    exchange.getResponseHeaders().set("Location", "/upload/" + id);
    respond(exchange, 202, new byte[0]);
  }

  private void upload(HttpExchange exchange, String id) throws IOException {
    ByteArrayOutputStream upload = Objects.requireNonNull(uploads.get(id));
    exchange.getRequestBody().transferTo(upload);
    if (exchange.getRequestMethod().equals("PUT")) {
      contents.put(Digest.of(upload.toByteArray()).toString(), upload.toByteArray());
      respond(exchange, 201, new byte[0]);
    } else {
      exchange.getResponseHeaders().set("Location", "/upload/" + id);
      exchange.getResponseHeaders().set("Range", "0-" + (upload.size() - 1));
      respond(exchange, 202, new byte[0]);
    }
  }

  /// A manifest, under its name and its digest.
  private void store(String path, byte[] manifest) {
    contents.put(path, manifest);
    contents.put(Digest.of(manifest).toString(), manifest);
  }

  private void get(HttpExchange exchange, String path) throws IOException {
    String last = path.substring(path.lastIndexOf('/') + 1);
    byte[] content = contents.getOrDefault(path, contents.get(last));
    if (path.equals("/v2/")) {
      respond(exchange, 200, new byte[0]);
    } else if (content == null) {
      String unknown = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"unknown\"}]}";
      respond(exchange, 404, unknown.getBytes(UTF_8));
    } else {
      if (path.contains("/manifests/")) {
        exchange.getResponseHeaders().set("Content-Type", MANIFEST);
        exchange.getResponseHeaders().set("Docker-Content-Digest", Digest.of(content).toString());
      }
      respond(exchange, 200, content);
    }
  }

  private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
    }
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
