package dev.jmr.server.http;

import dev.jmr.server.log.LogFile;
import dev.jmr.server.log.LogReader;
import dev.jmr.server.log.ServerLog;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// `GET /logs`: the server's log and those of foreign engines, as they are now or also as they grow.
final class LogsRoute {
  private static final long LOOK_MILLIS = 250;

  private final ServerLog log;
  private final SlowReaders slowReaders;

  LogsRoute(ServerLog log, SlowReaders slowReaders) {
    this.log = log;
    this.slowReaders = slowReaders;
  }

  void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    boolean follow = bool(request, "follow");
    boolean engines = !bool(request, "no-engines");
    LogFile file =
        log.file()
            .orElseThrow(() ->
                new ApiException(501, "not_supported_error", "log directory is not configured"));
    if (!LogReader.exists(file)) {
      throw new ApiException(404, "not_found_error", "service log not found");
    }
    ClientConnection.whileThere(() -> send(response, file, engines, follow));
  }

  private void send(ServerResponse response, LogFile file, boolean engines, boolean follow)
      throws InterruptedException {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.header("X-Content-Type-Options", "nosniff");
    try (LogReader lines = new LogReader(file, engines);
        SlowReaders.Watch watch = slowReaders.watch();
        OutputStream out = response.outputStream()) {
      while (true) {
        Optional<String> line = lines.next();
        watch.begin();
        if (line.isPresent()) {
          out.write((line.get() + "\n").getBytes(StandardCharsets.UTF_8));
        } else {
          out.flush();
        }
        watch.end();
        if (line.isEmpty() && !follow) {
          return;
        } else if (line.isEmpty()) {
          Thread.sleep(LOOK_MILLIS);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("client is gone", e);
    }
  }

  /// As Go reads booleans, in the words of Docker Model Runner.
  private static boolean bool(ServerRequest request, String name) {
    String value = request.query().first(name).orElse("");
    return switch (value) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "", "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw ApiException.invalid(
              name,
              "invalid %s parameter: expected true or false, got '%s'".formatted(name, value));
    };
  }
}
