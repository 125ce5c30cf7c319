package dev.jmr.cli.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which runner a command talks to: the one that `MODEL_RUNNER_HOST` names, else that of the current context, else one that
/// answers on this machine's port 12434 (or `MODEL_RUNNER_PORT`), else none: the command works in this process.
///
/// @param runner empty for this process
/// @param skipped what was looked at before and why it was not taken, a line each
public record RunnerChoice(Optional<RunnerAddress> runner, List<String> skipped) {
  /// If not empty, no runner is looked for.
  public static final String EMBEDDED = "JMR_EMBEDDED";

  private static final String HOST = "MODEL_RUNNER_HOST";
  private static final String PORT = "MODEL_RUNNER_PORT";
  private static final String DEFAULT_PORT = "12434";
  private static final int CONNECT_MILLIS = 150;
  private static final int ANSWER_MILLIS = 1000;
  private static final String GREETING = "Docker Model Runner is running";

  public RunnerChoice {
    skipped = List.copyOf(skipped);
  }

  /// Chooses.
  ///
  /// @throws RunnerException if what the environment or the context names is no address
  public static RunnerChoice of(Map<String, String> environment) {
    List<String> skipped = new ArrayList<>();
    if (!environment.getOrDefault(EMBEDDED, "").isBlank()) {
      skipped.add(EMBEDDED + " is set");
      return new RunnerChoice(Optional.empty(), skipped);
    }
    String host = environment.getOrDefault(HOST, "").strip();
    if (!host.isEmpty()) {
      return chosen(RunnerAddress.of(host, Tls.of(environment), HOST), skipped);
    }
    skipped.add(HOST + " is not set");
    Contexts.Content contexts = Contexts.of(environment).read();
    Optional<Contexts.Entry> context = contexts.find(contexts.current());
    if (context.isPresent()) {
      Contexts.Entry entry = context.get();
      String origin = "context '" + entry.name() + "'";
      return chosen(RunnerAddress.of(entry.host(), entry.tls(), origin), skipped);
    }
    skipped.add("no context is in use");
    RunnerAddress here = here(environment);
    Optional<String> silent = silent(here.base().getPort());
    if (silent.isEmpty()) {
      return chosen(here, skipped);
    }
    skipped.add("%s: %s".formatted(here.base().getAuthority(), silent.get()));
    return new RunnerChoice(Optional.empty(), skipped);
  }

  /// Where a server of this machine listens if nobody says otherwise.
  public static RunnerAddress here(Map<String, String> environment) {
    String port = environment.getOrDefault(PORT, DEFAULT_PORT).strip();
    return RunnerAddress.of("localhost:" + port, Tls.NONE, "localhost");
  }

  private static RunnerChoice chosen(RunnerAddress address, List<String> skipped) {
    return new RunnerChoice(Optional.of(address), skipped);
  }

  /// Why no runner answers on a port of this machine; empty if one does. With a plain socket, as this is on the way of every
  /// command.
  private static Optional<String> silent(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      String request =
          "GET / HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n".formatted(port);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readNBytes(1 << 12), StandardCharsets.UTF_8);
      return answer.contains(GREETING)
          ? Optional.empty()
          : Optional.of("something else than a model runner answers there");
    } catch (IOException e) {
      return Optional.of("nothing answers there (" + e.getMessage() + ")");
    }
  }
}
