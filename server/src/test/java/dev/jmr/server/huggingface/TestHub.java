package dev.jmr.server.huggingface;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.json.BoundedJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A hub within the tests' process, on a loopback port: `127.0.0.1` is the hub, `localhost` the other host to which it sends
/// those who fetch large files.
final class TestHub implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  static final String REPOSITORY = "org/tiny-gguf";

  private static final int LARGE = 1024;
  private static final int PAGE = 2;

  /// What was asked: `127.0.0.1 /path`, with the range and the token, if any.
  record Seen(String host, String path, Optional<String> range, Optional<String> authorization) {}

  final ConcurrentSkipListMap<String, byte[]> files = new ConcurrentSkipListMap<>();
  final List<Seen> seen = new CopyOnWriteArrayList<>();

  /// How many answers of large files end early.
  final AtomicInteger cuts = new AtomicInteger();

  /// How many answers of large files hold another byte.
  final AtomicInteger corruptions = new AtomicInteger();

  /// How many answers are a status of a busy server.
  final AtomicInteger busy = new AtomicInteger();

  volatile boolean ranges = true;
  volatile int status = 200;
  volatile String modified = "2026-07-01T10:00:00.000Z";

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  TestHub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What was asked of one of the two hosts.
  List<Seen> seenBy(String host) {
    return seen.stream().filter(request -> request.host.equals(host)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
      seen.add(
          new Seen(
              host.substring(0, host.indexOf(':')),
              path,
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
      if (busy.getAndDecrement() > 0) {
        exchange.sendResponseHeaders(503, -1);
      } else if (status != 200) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, status, "{\"error\":\"Access to this is restricted\"}".getBytes(UTF_8));
      } else {
        serve(exchange, path);
      }
    }
  }

  private void serve(HttpExchange exchange, String path) throws IOException {
    String api = "/api/models/" + REPOSITORY;
    String resolve = "/" + REPOSITORY + "/resolve/" + COMMIT + "/";
    if (path.equals(api + "/revision/main")) {
      send(exchange, 200, BoundedJson.write(Map.of("sha", COMMIT, "lastModified", modified)));
    } else if (path.equals(api + "/tree/" + COMMIT)) {
      tree(exchange);
    } else if (path.startsWith(resolve)) {
      file(exchange, path.substring(resolve.length()));
    } else if (path.startsWith("/cdn/")) {
      large(exchange, bytes(path.substring("/cdn/".length())));
    } else {
      send(exchange, 404, "{\"error\":\"Repository not found\"}".getBytes(UTF_8));
    }
  }

  private void tree(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    int from = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=", "")) : 0;
    List<String> paths = new ArrayList<>(files.keySet());
    List<Map<String, Object>> entries = new ArrayList<>();
    entries.add(Map.of("type", "directory", "path", "sub", "size", 0));
    paths
        .subList(from, Math.min(paths.size(), from + PAGE))
        .forEach(path -> entries.add(entry(path, bytes(path))));
    if (from + PAGE < paths.size()) {
      String next =
          endpoint()
              + exchange.getRequestURI().getPath()
              + "?recursive=true&cursor="
              + (from + PAGE);
      exchange.getResponseHeaders().set("Link", "<" + next + ">; rel=\"next\"");
    }
    send(exchange, 200, BoundedJson.write(entries));
  }

  private static Map<String, Object> entry(String path, byte[] bytes) {
    return bytes.length < LARGE
        ? Map.of("type", "file", "path", path, "size", bytes.length, "oid", "1234")
        : Map.of(
            "type",
            "file",
            "path",
            path,
            "size",
            bytes.length,
            "lfs",
            Map.of("oid", Digest.of(bytes).hex(), "size", bytes.length));
  }

  private byte[] bytes(String path) {
    return files.getOrDefault(path, new byte[0]);
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    if (bytes(path).length < LARGE) {
      send(exchange, 200, bytes(path));
      return;
    }
    String target = "http://localhost:%d/cdn/%s".formatted(server.getAddress().getPort(), path);
    exchange.getResponseHeaders().set("Location", target);
    exchange.sendResponseHeaders(302, -1);
  }

  private void large(HttpExchange exchange, byte[] whole) throws IOException {
    byte[] bytes = whole.clone();
    if (corruptions.getAndDecrement() > 0) {
      bytes[bytes.length - 1] ^= 1;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = 0;
    if (range != null && ranges) {
      from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    }
    byte[] part = Arrays.copyOfRange(bytes, from, bytes.length);
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, part.length);
    boolean cut = cuts.getAndDecrement() > 0;
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(part, 0, cut ? part.length / 2 : part.length);
      out.flush();
      if (cut) {
        throw new IOException("cut, as the test wants it");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
