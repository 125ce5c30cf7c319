package dev.jmr.server.http;

import dev.jmr.server.log.ServerLog;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.models.StoreRoutes;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The server: listens from [#start] on until it is closed. Requests run on virtual threads.
///
/// Closing it lets requests that run finish for a few seconds, then ends them and all models.
public final class JmrServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ServerOptions options;
  private final ModelManager models;
  private final SlowReaders slowReaders;
  private final ServerLog log;
  private final WebServer server;

  private JmrServer(
      ServerOptions options,
      ModelManager models,
      SlowReaders slowReaders,
      ServerLog log,
      WebServer server) {
    this.options = options;
    this.models = models;
    this.slowReaders = slowReaders;
    this.log = log;
    this.server = server;
  }

  /// Starts listening.
  ///
  /// @param models owned by the server from now on, even if this fails
  /// @throws ServerException if the address is in use or cannot be listened on
  public static JmrServer start(ServerOptions options, ModelManager models) {
    return start(options, models, Optional.empty());
  }

  /// The same with routes that change what models there are.
  ///
  /// @throws ServerException if the address is in use or cannot be listened on
  public static JmrServer start(
      ServerOptions options, ModelManager models, Optional<StoreRoutes> store) {
    SlowReaders slowReaders = new SlowReaders();
    ServerLog log = options.logs().map(ServerLog::open).orElseGet(ServerLog::none);
    models.listen(event -> log.info(event.toString()));
    try {
      models.engines().candidates().stream()
          .flatMap(candidate -> candidate.provider().endAbandoned().stream())
          .forEach(log::warn);
      WebServerConfig.Builder config =
          WebServer.builder()
              .shutdownHook(false)
              .shutdownGracePeriod(GRACE)
              .idleConnectionTimeout(Duration.ofMinutes(5))
              .directHandlers(errors())
              .protocolsDiscoverServices(false)
              .addConnectionSelector(new WatchedConnections(http1()))
              .routing(
                  routing -> new Routes(options, models, store, slowReaders, log).addTo(routing));
      listen(config, options);
      JmrServer server = new JmrServer(options, models, slowReaders, log, config.build().start());
      log.keep("jmr %s listens on %s".formatted(options.version(), server.address()));
      return server;
    } catch (RuntimeException | Error e) {
      slowReaders.close();
      models.close();
      log.close();
      throw new ServerException(
          "server: expected to listen on %s, got %s; is another one running"
              .formatted(address(options, options.port()), e.getMessage()),
          e);
    }
  }

  private static Http1ConnectionSelector http1() {
    return Http1ConnectionSelector.builder()
        .config(Http1Config.builder().maxHeadersSize(64 << 10).maxPrologueLength(8 << 10).build())
        .build();
  }

  private static void listen(WebServerConfig.Builder config, ServerOptions options) {
    if (options.socket().isEmpty()) {
      config.host(options.host()).port(options.port());
      return;
    }
    Path socket = options.socket().get();
    try {
      if (Files.exists(socket) && !Files.isRegularFile(socket) && !Files.isDirectory(socket)) {
        Files.delete(socket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(socket + ": cannot be replaced", e);
    }
    config.bindAddress(UnixDomainSocketAddress.of(socket));
  }

  /// For requests that are so wrong that they reach no route.
  private static DirectHandlers errors() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    DirectHandler handler =
        (_, _, status, headers, _) -> {
          headers.set(HeaderNames.CONTENT_TYPE, Json.MEDIA_TYPE);
          headers.set(HeaderNames.create("x-request-id"), Ids.next("req_"));
          ApiException error = Failures.unroutable(status.code());
          return DirectHandler.TransportResponse.builder()
              .status(status)
              .headers(headers)
              .entity(Json.bytes(ErrorWriter.json(error)))
              .keepAlive(false)
              .build();
        };
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }

  /// On which it listens; -1 if it is a Unix socket.
  public int port() {
    return options.socket().isPresent() ? -1 : server.port();
  }

  /// Where it is, as clients write it.
  public String address() {
    return address(options, port());
  }

  private static String address(ServerOptions options, int port) {
    return options
        .socket()
        .map(path -> "unix:" + path)
        .orElse("http://%s:%d".formatted(options.host(), port));
  }

  @Override
  public void close() {
    try (log;
        models;
        slowReaders) {
      log.info("jmr stops");
      server.stop();
      options.socket().ifPresent(JmrServer::deleteQuietly);
    }
  }

  private static void deleteQuietly(Path socket) {
    try {
      Files.deleteIfExists(socket);
    } catch (IOException _) {
      // It is in nobody's way: the next server replaces it.
    }
  }
}
