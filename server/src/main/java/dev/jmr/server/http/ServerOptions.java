package dev.jmr.server.http;

import dev.jmr.server.log.LogOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where and for whom the server listens.
///
/// @param host address that is listened on
/// @param port 0 = any free one
/// @param socket a Unix socket that is listened on instead
/// @param apiKeys one of which every request has to bring; empty = none is needed
/// @param origins of web pages that may call, besides those of this machine; `*` = all
/// @param insecure whether other machines may come without a key
/// @param maxBodyBytes of a request
/// @param version shown to clients
/// @param logs where the log is kept; empty = nowhere
/// @param metrics whether there is `/metrics`
public record ServerOptions(
    String host,
    int port,
    Optional<Path> socket,
    List<String> apiKeys,
    List<String> origins,
    boolean insecure,
    long maxBodyBytes,
    String version,
    Optional<LogOptions> logs,
    boolean metrics) {
  /// Docker Model Runner's.
  public static final int DEFAULT_PORT = 12434;

  private static final List<String> ON = List.of("1", "true");
  private static final long DEFAULT_BODY = 64L << 20;

  /// @throws ServerException if other machines could come without a key, and that is not what was asked for
  public ServerOptions {
    apiKeys = List.copyOf(apiKeys);
    origins = List.copyOf(origins);
    if (port < 0 || port > 0xFFFF) {
      throw new ServerException("port: expected 0 to 65535, got " + port);
    }
    if (socket.isEmpty() && apiKeys.isEmpty() && !insecure && !isLoopback(host)) {
      throw new ServerException(
          "host: expected an address of this machine only, such as 127.0.0.1, as there is no API key, got %s; give an API key, or say that it may be insecure"
              .formatted(host));
    }
  }

  /// On 127.0.0.1, port 12434, for this machine.
  public static ServerOptions defaults() {
    return new ServerOptions(
        "127.0.0.1",
        DEFAULT_PORT,
        Optional.empty(),
        List.of(),
        List.of(),
        false,
        DEFAULT_BODY,
        "development",
        Optional.empty(),
        true);
  }

  /// The defaults as changed by `MODEL_RUNNER_PORT`, `MODEL_RUNNER_SOCK`, `MODEL_RUNNER_HOST_ADDRESS`,
  /// `MODEL_RUNNER_API_KEYS` (comma-separated), `DMR_ORIGINS`, `DISABLE_METRICS`, `MODEL_RUNNER_LOG_DIR` and `LOG_LEVEL`. Quotes and blanks around values do not count.
  ///
  /// @throws ServerException if a value makes no sense
  public static ServerOptions of(Map<String, String> environment) {
    ServerOptions options = defaults();
    Optional<String> port = value(environment, "MODEL_RUNNER_PORT");
    if (port.isPresent()) {
      options = options.withPort(number(port.get()));
    } else {
      Optional<String> socket = value(environment, "MODEL_RUNNER_SOCK");
      if (socket.isPresent()) {
        options = options.withSocket(Path.of(socket.get()));
      }
    }
    List<String> keys = list(environment, "MODEL_RUNNER_API_KEYS");
    if (!keys.isEmpty()) {
      options = options.withApiKeys(keys);
    }
    Optional<String> host = value(environment, "MODEL_RUNNER_HOST_ADDRESS");
    if (host.isPresent()) {
      options = options.withHost(host.get(), false);
    }
    return options
        .withOrigins(list(environment, "DMR_ORIGINS"))
        .withMetrics(!ON.contains(value(environment, "DISABLE_METRICS").orElse("")))
        .withLogs(Optional.of(LogOptions.of(environment)));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ServerException(
          "MODEL_RUNNER_PORT: expected a number from 0 to 65535, got '%s'".formatted(text), e);
    }
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.length() > 1 && (text.startsWith("\"") || text.startsWith("'"))) {
      text = text.substring(1, text.length() - 1).strip();
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static List<String> list(Map<String, String> environment, String name) {
    return value(environment, name).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  static boolean isLoopback(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return Hosts.isAddress(host) && InetAddress.getByName(Hosts.bare(host)).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  /// With another port.
  ///
  /// @throws ServerException as the constructor does
  public ServerOptions withPort(int value) {
    return new ServerOptions(
        host, value, socket, apiKeys, origins, insecure, maxBodyBytes, version, logs, metrics);
  }

  /// With another address.
  ///
  /// @param value whether other machines may come without a key
  /// @throws ServerException as the constructor does
  public ServerOptions withHost(String address, boolean value) {
    return new ServerOptions(
        address, port, socket, apiKeys, origins, value, maxBodyBytes, version, logs, metrics);
  }

  public ServerOptions withSocket(Path path) {
    return new ServerOptions(
        host,
        port,
        Optional.of(path),
        apiKeys,
        origins,
        insecure,
        maxBodyBytes,
        version,
        logs,
        metrics);
  }

  public ServerOptions withApiKeys(List<String> keys) {
    return new ServerOptions(
        host, port, socket, keys, origins, insecure, maxBodyBytes, version, logs, metrics);
  }

  public ServerOptions withOrigins(List<String> values) {
    return new ServerOptions(
        host, port, socket, apiKeys, values, insecure, maxBodyBytes, version, logs, metrics);
  }

  public ServerOptions withMaxBodyBytes(long bytes) {
    return new ServerOptions(
        host, port, socket, apiKeys, origins, insecure, bytes, version, logs, metrics);
  }

  public ServerOptions withVersion(String text) {
    return new ServerOptions(
        host, port, socket, apiKeys, origins, insecure, maxBodyBytes, text, logs, metrics);
  }

  public ServerOptions withLogs(Optional<LogOptions> value) {
    return new ServerOptions(
        host, port, socket, apiKeys, origins, insecure, maxBodyBytes, version, value, metrics);
  }

  public ServerOptions withMetrics(boolean value) {
    return new ServerOptions(
        host, port, socket, apiKeys, origins, insecure, maxBodyBytes, version, logs, value);
  }
}
