package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineGoneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A `llama-server` that has loaded its model: the process, the client that talks to it, and the file of its chat template.
/// Owns all three.
///
/// The process listens on a free port of the loopback address, and answers only who knows a key that is made for it and
/// passed in its environment: other users of the machine, and web pages, do not.
///
/// @param port on which it listens
/// @param properties what it says of itself
record RunningServer(
    ServerProcess process,
    ServerClient client,
    int port,
    JsonNode properties,
    Optional<Path> template)
    implements AutoCloseable {
  /// As long as Docker Model Runner waits.
  private static final Duration LOADING = Duration.ofMinutes(5);

  private static final Duration LONGEST_NAP = Duration.ofMillis(500);
  private static final int ATTEMPTS = 3;
  private static final int KEY_BYTES = 16;

  /// As many of its last lines are of use when it crashes; when it does not start, all are.
  private static final int LINES = 10;

  /// Starts one and waits until it has loaded the model.
  ///
  /// @param started where its process is remembered as long as it runs
  /// @throws EngineException if it cannot: the message holds what it said last
  static RunningServer start(Installation installation, CommandLine line, ProcessFiles started) {
    Optional<Path> template = line.options().chatTemplate().map(RunningServer::write);
    try {
      for (int attempt = 1; ; attempt++) {
        int port = freePort();
        Optional<RunningServer> server = start(installation, line, port, template, started);
        if (server.isPresent()) {
          return server.get();
        }
        if (attempt == ATTEMPTS) {
          throw new EngineException(
              "llama-server: expected a free port, got taken ones %d times; try again later"
                  .formatted(attempt));
        }
      }
    } catch (RuntimeException | Error e) {
      template.ifPresent(RunningServer::delete);
      throw e;
    }
  }

  /// Empty if somebody else took the port meanwhile.
  private static Optional<RunningServer> start(
      Installation installation,
      CommandLine line,
      int port,
      Optional<Path> template,
      ProcessFiles started) {
    String key = key();
    List<String> command = new ArrayList<>(List.of(installation.program().toString()));
    command.addAll(line.arguments(port, template));
    ServerProcess process = ServerProcess.start(command, Map.of("LLAMA_API_KEY", key), started);
    ServerClient client = new ServerClient(port, key);
    try {
      awaitReady(process, client);
      return Optional.of(new RunningServer(process, client, port, client.get("/props"), template));
    } catch (InterruptedException e) {
      close(process, client);
      Thread.currentThread().interrupt();
      throw new EngineException("llama-server: interrupted while it loaded the model", e);
    } catch (IOException e) {
      close(process, client);
      throw new EngineException("llama-server: expected it to tell of itself, got " + e, e);
    } catch (RuntimeException | Error e) {
      close(process, client);
      if (process.lastWords().contains("couldn't bind")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void close(ServerProcess process, ServerClient client) {
    try (client;
        process) {
      // The try statement closes both, the process first.
    }
  }

  private static void awaitReady(ServerProcess process, ServerClient client)
      throws InterruptedException {
    long end = System.nanoTime() + LOADING.toNanos();
    Duration nap = Duration.ofMillis(20);
    while (!client.healthy()) {
      if (!process.alive()) {
        throw new EngineException(
            "llama-server: failed to load model: "
                + process.end(Integer.MAX_VALUE)
                + remedy(process.lastWords()));
      }
      if (System.nanoTime() - end > 0) {
        throw new EngineException(
            "llama-server: expected it to load the model within %d minutes, got none; its last words:\n%s"
                .formatted(LOADING.toMinutes(), process.lastWords()));
      }
      Thread.sleep(nap);
      nap = nap.multipliedBy(2).compareTo(LONGEST_NAP) < 0 ? nap.multipliedBy(2) : LONGEST_NAP;
    }
  }

  /// What to do about it, where its words are known.
  private static String remedy(String words) {
    String known =
        words.contains("CUDA error: out of memory") || words.contains("cudaMalloc failed")
            ? "CUDA"
            : words.contains("kIOGPUCommandBufferCallbackErrorOutOfMemory") ? "Metal" : "";
    return known.isEmpty()
        ? ""
        : "\nnot enough GPU memory to load the model (%s); use a smaller context or model"
            .formatted(known);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EngineException("llama-server: expected a free port, got " + e.getMessage(), e);
    }
  }

  private static String key() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// A file that only its owner may read.
  private static Path write(String template) {
    try {
      return Files.writeString(Files.createTempFile("jmr-template", ".jinja"), template);
    } catch (IOException e) {
      throw new UncheckedIOException("chat template: cannot be written for llama-server", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // The system empties the folder some time.
    }
  }

  /// Why its connection broke.
  ///
  /// @param begun whether it had begun to answer
  EngineException failure(IOException cause, boolean begun) {
    if (!process.endsNow()) {
      return new EngineException("llama-server: connection lost: " + cause.getMessage(), cause);
    }
    String message =
        "llama-server: expected it to run, but %s\nit is started again by the next request"
            .formatted(process.end(LINES));
    return begun ? new EngineException(message, cause) : new EngineGoneException(message, cause);
  }

  @Override
  public void close() {
    close(process, client);
    template.ifPresent(RunningServer::delete);
  }
}
