package dev.jmr.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nobody computes for who is not there any more.
@Timeout(60)
final class LeavingClientTest {
  private final FakeEngine engine = new FakeEngine();
  private final TestServer server = TestServer.start(ServerOptions.defaults(), engine.models());

  @AfterEach
  void close() {
    server.close();
  }

  private static String request(String more) {
    String body =
        "{\"model\":\"tiny-llama3-bpe\",%s\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
            .formatted(more);
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(body.length(), body);
  }

  private Socket send(String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private int leases() {
    return server.models().loaded().stream().mapToInt(model -> model.leases()).sum();
  }

  @Test
  void cancelsAnAnswerThatIsNotStreamed() throws Exception {
    engine.mayLoad.countDown();
    try (Socket _ = send(request(""))) {
      while (engine.begun.get() == 0) {
        Thread.onSpinWait();
      }
    }
    while (leases() > 0) {
      Thread.onSpinWait();
    }
    assertThat(engine.ended).hasValue(1);
  }

  @Test
  void cancelsAStreamInWhichNothingHappens() throws Exception {
    engine.mayLoad.countDown();
    try (Socket _ = send(request("\"stream\":true,"))) {
      while (engine.begun.get() == 0) {
        Thread.onSpinWait();
      }
    }
    while (leases() > 0) {
      Thread.onSpinWait();
    }
    assertThat(engine.ended).hasValue(1);
  }

  @Test
  void answersNobodyWhoLeftWhileTheModelWasLoaded() throws Exception {
    try (Socket _ = send(request(""))) {
      while (leases() == 0) {
        Thread.onSpinWait();
      }
    }
    while (leases() > 0) {
      Thread.onSpinWait();
    }
    assertThat(server.get("/engines/ps").body())
        .contains("\"loading\":true", "\"loading_stage\":\"")
        .doesNotContain("in_use");
    assertThat(server.get("/health/ready").body())
        .startsWith("{\"status\":\"ready\",\"loading\":[{\"model\":\"tiny-llama3-bpe\",\"stage\":");
    engine.mayLoad.countDown();
    while (server.models().loaded().getFirst().loading()) {
      Thread.onSpinWait();
    }
    assertThat(engine.begun).hasValue(0);
  }

  @Test
  void answersRequestsThatCameBeforeTheLastOneWasAnswered() throws Exception {
    engine.mayLoad.countDown();
    String none = request("").replace("tiny-llama3-bpe", "tiny-llama3-no!");
    String root = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (Socket socket = send(none + none + root);
        InputStream in = socket.getInputStream()) {
      String answers = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answers.split("HTTP/1.1 404", -1)).hasSize(3);
      assertThat(answers).endsWith("Docker Model Runner is running");
    }
  }
}
