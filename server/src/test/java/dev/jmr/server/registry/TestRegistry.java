package dev.jmr.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ManifestJson;
import dev.jmr.server.artifact.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An OCI registry within the tests' process, on a loopback port. It is `127.0.0.1` as a registry; as `localhost` it is another
/// host, to which it sends token requests, and redirects and uploads where told to.
@SuppressWarnings("exports") // Tests are nobody's API.
public final class TestRegistry implements AutoCloseable {
  public static final String USER = "ann";
  public static final String PASSWORD = "a:secret";
  public static final String REFRESH = "refresh-token";

  private static final Pattern PATH =
      Pattern.compile("(?:/prefix)?/v2/(.+)/(manifests|blobs|tags)/(.*)");

  /// What it asks for before it answers.
  public enum Auth {
    NONE,
    BASIC,
    TOKEN
  }

  /// One request that came.
  public record Seen(String host, String method, String path, Map<String, String> headers) {
    /// The value of a header; empty if it did not come.
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse("");
    }
  }

  public final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
  public final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  public final List<Seen> seen = new CopyOnWriteArrayList<>();
  public volatile Auth auth = Auth.NONE;
  public volatile boolean anonymousTokens;
  public volatile boolean ranges = true;
  public volatile boolean redirects;
  public volatile boolean foreignUploads;
  public volatile long chunkMinLength;
  public volatile long maxPut = Long.MAX_VALUE;
  public volatile boolean tellsUploads = true;
  public volatile boolean mounts = true;

  /// Bytes of the bodies of uploads after which the connection is cut, one for each upload to come.
  public final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();

  public volatile String realm = "";
  public volatile int tokenSeconds = 300;
  public volatile Predicate<HttpExchange> intercept = _ -> false;

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  public TestRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String registry() {
    return "127.0.0.1:" + port();
  }

  public String elsewhere() {
    return "http://localhost:" + port();
  }

  public Repository repository(String name) {
    return new Repository(registry(), name);
  }

  /// Options for a client that knows this environment and loses patience soon.
  public static RegistryOptions options(Map<String, String> environment) {
    return new RegistryOptions(
        environment,
        Duration.ofSeconds(5),
        Duration.ofMillis(400),
        new RetryPolicy(4, Duration.ofMillis(5), Duration.ofMillis(20)));
  }

  public Descriptor blob(String mediaType, byte[] bytes) {
    Digest digest = Digest.of(bytes);
    blobs.put(digest, bytes);
    return new Descriptor(mediaType, digest, bytes.length);
  }

  /// Puts a model with these files under a name and tag.
  public Manifest model(String name, String tag, byte[]... files) {
    Descriptor config =
        blob(MediaTypes.CONFIG_V0_1, "{\"config\":{\"format\":\"gguf\"}}".getBytes(UTF_8));
    List<Descriptor> layers =
        Arrays.stream(files).map(bytes -> blob(MediaTypes.GGUF, bytes)).toList();
    Manifest manifest = ManifestJson.create(Optional.empty(), config, layers);
    put(name, tag, manifest.bytes());
    return manifest;
  }

  public void put(String name, String tag, byte[] manifest) {
    manifests.put(name + "/" + tag, manifest);
    manifests.put(name + "/" + Digest.of(manifest), manifest);
  }

  /// How many requests of this method came for paths with this in them.
  public long count(String method, String path) {
    return seen.stream()
        .filter(request -> request.method().equals(method) && request.path().contains(path))
        .count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      note(exchange);
      String path = exchange.getRequestURI().getPath();
      if (intercept.test(exchange)) {
        return;
      }
      if (path.equals("/token")) {
        token(exchange);
      } else if (path.startsWith("/storage/")) {
        blob(exchange, Digest.parse(path.substring("/storage/".length())));
      } else if (path.startsWith("/upload/")) {
        upload(exchange, path.substring("/upload/".length()));
      } else if (allowed(exchange)) {
        route(exchange, path);
      }
    }
  }

  private void note(HttpExchange exchange) {
    Map<String, String> headers = new ConcurrentHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    seen.add(
        new Seen(
            headers.getOrDefault("Host", "").replaceFirst(":.*", ""),
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            headers));
  }

  private boolean allowed(HttpExchange exchange) throws IOException {
    String sent =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    String name =
        exchange
            .getRequestURI()
            .getPath()
            .replaceFirst("^(/prefix)?/v2/(.+)/(manifests|blobs|tags)/.*", "$2");
    boolean writes = !List.of("GET", "HEAD").contains(exchange.getRequestMethod());
    String scope = "repository:" + name + ":" + (writes ? "pull,push" : "pull");
    String asks =
        switch (auth) {
          case NONE -> "";
          case BASIC -> sent.equals(basic()) ? "" : "Basic realm=\"test, registry\"";
          case TOKEN ->
              tokens.getOrDefault(sent, "").contains(writes ? "push" : "pull")
                  ? ""
                  : "Bearer realm=\"%s\",service=\"the \\\"test\\\" registry\",scope=\"%s\""
                      .formatted(realm.isEmpty() ? elsewhere() + "/token" : realm, scope);
        };
    if (asks.isEmpty()) {
      return true;
    }
    exchange.getResponseHeaders().set("WWW-Authenticate", asks);
    error(exchange, 401, "UNAUTHORIZED", "authentication required");
    return false;
  }

  public static String basic() {
    return "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
  }

  private void token(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String asked =
        exchange.getRequestMethod().equals("POST") ? form : exchange.getRequestURI().getRawQuery();
    boolean known =
        basic().equals(exchange.getRequestHeaders().getFirst("Authorization"))
            || form.contains("refresh_token=" + REFRESH)
            || anonymousTokens;
    if (!known) {
      json(exchange, 401, "{\"details\":\"incorrect username or password\"}");
      return;
    }
    String token = UUID.randomUUID().toString();
    tokens.put("Bearer " + token, asked);
    json(exchange, 200, "{\"token\":\"%s\",\"expires_in\":%d}".formatted(token, tokenSeconds));
  }

  private void route(HttpExchange exchange, String path) throws IOException {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      error(exchange, 404, "NOT_FOUND", "no such route");
      return;
    }
    String name = matcher.group(1);
    String rest = matcher.group(3);
    switch (matcher.group(2)) {
      case "manifests" -> manifest(exchange, name, rest);
      case "tags" -> tags(exchange, name);
      default -> {
        if (rest.startsWith("uploads/")) {
          upload(exchange, rest.substring("uploads/".length()));
        } else if (redirects && exchange.getRequestMethod().equals("GET")) {
          exchange.getResponseHeaders().set("Location", elsewhere() + "/storage/" + rest);
          respond(exchange, 307, new byte[0]);
        } else {
          blob(exchange, Digest.parse(rest));
        }
      }
    }
  }

  private void tags(HttpExchange exchange, String name) throws IOException {
    List<String> tags =
        manifests.keySet().stream()
            .filter(key -> key.startsWith(name + "/") && !key.contains(":"))
            .map(key -> "\"" + key.substring(name.length() + 1) + "\"")
            .toList();
    json(exchange, 200, "{\"name\":\"%s\",\"tags\":%s}".formatted(name, tags));
  }

  private void manifest(HttpExchange exchange, String name, String reference) throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      put(name, reference, bytes);
      exchange.getResponseHeaders().set("Docker-Content-Digest", Digest.of(bytes).toString());
      respond(exchange, 201, new byte[0]);
      return;
    }
    byte[] bytes = manifests.get(name + "/" + reference);
    if (bytes == null) {
      error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
      return;
    }
    exchange.getResponseHeaders().set("Docker-Content-Digest", Digest.of(bytes).toString());
    exchange.getResponseHeaders().set("Content-Type", MediaTypes.MANIFEST);
    respond(exchange, 200, bytes);
  }

  private void blob(HttpExchange exchange, Digest digest) throws IOException {
    byte[] bytes = blobs.get(digest);
    if (bytes == null) {
      error(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry");
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null || !ranges) {
      respond(exchange, 200, bytes);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    respond(exchange, 206, Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private void upload(HttpExchange exchange, String id) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      status(exchange, id);
      return;
    }
    if (!id.isEmpty() && !cuts.isEmpty()) {
      Objects.requireNonNull(uploads.get(id))
          .write(exchange.getRequestBody().readNBytes(cuts.remove()));
      throw new IOException("cut, as the test asked for");
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("PUT") && body.length > maxPut) {
      error(exchange, 413, "SIZE_INVALID", "request entity too large");
      return;
    }
    if (exchange.getRequestMethod().equals("POST")) {
      String query = exchange.getRequestURI().getQuery();
      if (mounts && query != null) {
        mount(exchange, query);
        return;
      }
      String started = UUID.randomUUID().toString();
      uploads.put(started, new ByteArrayOutputStream());
      location(exchange, started);
      if (chunkMinLength > 0) {
        exchange.getResponseHeaders().set("OCI-Chunk-Min-Length", String.valueOf(chunkMinLength));
      }
      respond(exchange, 202, new byte[0]);
      return;
    }
    ByteArrayOutputStream upload = uploads.get(id);
    if (upload == null) {
      error(exchange, 404, "BLOB_UPLOAD_UNKNOWN", "upload unknown");
      return;
    }
    upload.write(body);
    if (exchange.getRequestMethod().equals("PATCH")) {
      location(exchange, id);
      exchange.getResponseHeaders().set("Range", "0-" + (upload.size() - 1));
      respond(exchange, 202, new byte[0]);
    } else {
      finish(exchange, id, upload.toByteArray());
    }
  }

  private void mount(HttpExchange exchange, String query) throws IOException {
    boolean there =
        blobs.keySet().stream().anyMatch(blob -> query.startsWith("mount=" + blob + "&from="));
    respond(exchange, there ? 201 : 404, new byte[0]);
  }

  private void status(HttpExchange exchange, String id) throws IOException {
    ByteArrayOutputStream upload = uploads.get(id);
    if (upload == null || !tellsUploads) {
      error(exchange, 404, "BLOB_UPLOAD_UNKNOWN", "upload unknown");
      return;
    }
    location(exchange, id);
    exchange.getResponseHeaders().set("Range", "0-" + Math.max(0, upload.size() - 1));
    respond(exchange, 204, new byte[0]);
  }

  private void finish(HttpExchange exchange, String id, byte[] bytes) throws IOException {
    Digest digest = Digest.of(bytes);
    if (!exchange.getRequestURI().getQuery().endsWith("digest=" + digest)) {
      error(exchange, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
      return;
    }
    uploads.remove(id);
    blobs.put(digest, bytes);
    respond(exchange, 201, new byte[0]);
  }

  private void location(HttpExchange exchange, String id) {
    exchange
        .getResponseHeaders()
        .set("Location", (foreignUploads ? elsewhere() : "") + "/upload/" + id + "?state=x");
  }

  public static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    json(
        exchange,
        status,
        "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message));
  }

  private static void json(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    respond(exchange, status, body.getBytes(UTF_8));
  }

  public static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
    }
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
