package dev.jmr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Chats through a pseudo-terminal, which `tmux` provides, with a server that this test plays.
final class ChatPtyTest {
  private static final Path TMUX = Path.of("/usr/bin/tmux");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch over = new CountDownLatch(1);

  /// Tells how many messages it was sent, or begins and does not go on.
  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (!exchange.getRequestURI().getPath().endsWith("/chat/completions")) {
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write("{}".getBytes(UTF_8));
      exchange.close();
      return;
    }
    requests.add(body);
    boolean endless = body.contains("\"content\":\"forever\"}]");
    int messages = body.split("\"role\"", -1).length - 1;
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      String text = endless ? "Begun" : "Answer to " + messages + ".";
      out.write(
          "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n"
              .formatted(text)
              .getBytes(UTF_8));
      out.flush();
      if (endless) {
        over.await();
      }
      out.write(
          "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
              .getBytes(UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String tmux(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(TMUX.toString(), "-f", "/dev/null", "-S", folder.resolve("tmux").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() == 0 ? output : "";
  }

  private void type(String line) throws IOException, InterruptedException {
    tmux("send-keys", "-l", line);
    tmux("send-keys", "Enter");
  }

  private void await(String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String screen = "";
    while (System.nanoTime() < end) {
      screen = tmux("capture-pane", "-p", "-S", "-200");
      if (screen.contains(text)) {
        return;
      }
      Thread.sleep(50);
    }
    fail("expected '%s' on the screen, got%n%s", text, screen);
  }

  /// A signal overtakes what is typed, and ends the program while it waits for nothing: the prompt must be there.
  private void awaitPrompt() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String screen = "";
    while (System.nanoTime() < end) {
      screen = tmux("capture-pane", "-p").stripTrailing();
      if (screen.endsWith("\n>") || screen.endsWith("\n> Send a message (/? for help)")) {
        return;
      }
      Thread.sleep(50);
    }
    fail("expected a prompt on the screen, got%n%s", screen);
  }

  private void open(int port) throws IOException, InterruptedException {
    Path arguments =
        Files.writeString(
            folder.resolve("java.args"),
            """
            --add-modules=jdk.incubator.vector
            --enable-native-access=ALL-UNNAMED
            -cp
            "%s"
            """
                .formatted(System.getProperty("java.class.path")));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    tmux(
        "new-session",
        "-d",
        "-x",
        "160",
        "-y",
        "50",
        "env MODEL_RUNNER_HOST=http://localhost:%d XDG_STATE_HOME=%s DOCKER_CONFIG=%s %s @%s dev.jmr.cli.Main run ai/m 2>%s; cat %s; sleep 5"
            .formatted(
                port,
                folder,
                folder.resolve("docker"),
                java,
                arguments,
                folder.resolve("err"),
                folder.resolve("err")));
  }

  @Test
  void chatsOnATerminal() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(TMUX), "there is no " + TMUX);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setExecutor(threads);
      server.createContext("/", this::answer);
      server.start();
      try {
        open(server.getAddress().getPort());
        chat();
      } finally {
        // Before the executor waits for its tasks.
        over.countDown();
        tmux("kill-server");
        server.stop(0);
      }
    }
  }

  private void chat() throws IOException, InterruptedException {
    await("Send a message (/? for help)");
    type("one");
    await("Answer to 1.");
    await("Token usage: ");
    type("forever");
    await("Begun");
    tmux("send-keys", "C-c");
    await("; cancelled");
    tmux("send-keys", "Up", "Up", "Enter");
    await("Answer to 5.");
    type("\"\"\"a");
    type("b\"\"\"");
    await("Answer to 7.");
    assertThat(requests.getLast()).contains("\"content\":\"a\\nb\"");
    type("/save kept");
    await("8 messages saved");
    type("/clear");
    await("the conversation is forgotten");
    type("/load kept");
    await("goes on after 8 messages");
    type("two");
    await("Answer to 9.");
    awaitPrompt();
    tmux("send-keys", "-l", "left");
    await("> left");
    tmux("send-keys", "C-c");
    awaitPrompt();
    type("again");
    await("Answer to 11.");
    assertThat(requests.getLast()).contains("\"again\"").doesNotContain("left");
    awaitPrompt();
    tmux("send-keys", "C-c");
    await("Ctrl-D or /bye leaves");
    awaitPrompt();
    tmux("send-keys", "C-d");
    Path history = folder.resolve("jmr/history");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && !Files.readString(history).contains("again\n")) {
      Thread.sleep(50);
    }
    assertThat(Files.readAllLines(history)).contains("one", "forever", "/save kept", "again");
  }
}
