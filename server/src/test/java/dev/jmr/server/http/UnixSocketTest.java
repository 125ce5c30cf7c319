package dev.jmr.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class UnixSocketTest {
  private static final String CHAT =
      "{\"model\":\"tinyq-llama-Q4_K_M\",\"max_tokens\":4,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @TempDir private Path folder;

  private static SocketChannel connect(Path socket, String request) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  private static String ask(Path socket, String request) throws IOException {
    try (SocketChannel channel = connect(socket, request)) {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(8192);
      while (channel.read(buffer) >= 0) {
        answer.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  private static String post(String body) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(body.length(), body);
  }

  @Test
  void answersOnTheSocketThatTheVariableNames() throws Exception {
    Path socket = folder.resolve("runner.sock");
    ServerOptions options =
        ServerOptions.of(Map.of("MODEL_RUNNER_SOCK", socket.toString())).withLogs(Optional.empty());
    try (JmrServer server = JmrServer.start(options, TestServer.tinyModels())) {
      assertThat(server.address()).isEqualTo("unix:" + socket);
      assertThat(server.port()).isEqualTo(-1);
      assertThat(ask(socket, "GET /v1/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200")
          .contains("tiny-llama3-bpe");
      String whole = ask(socket, post(CHAT));
      JsonNode answer = Json.read(whole.substring(whole.indexOf("\r\n\r\n")).strip());
      assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(4);
      assertThat(ask(socket, post(CHAT.replace("{\"model\"", "{\"stream\":true,\"model\""))))
          .contains("data: [DONE]");
    }
    assertThat(Files.exists(socket, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void replacesASocketThatAKilledServerLeft() throws Exception {
    Path socket = folder.resolve("runner.sock");
    try (var left =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    ServerOptions options = ServerOptions.defaults().withSocket(socket);
    try (JmrServer _ = JmrServer.start(options, new FakeEngine().models())) {
      assertThat(ask(socket, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .endsWith("Docker Model Runner is running");
    }
  }

  @Test
  void noticesThatAClientLeft() throws Exception {
    Path socket = folder.resolve("runner.sock");
    FakeEngine engine = new FakeEngine();
    engine.mayLoad.countDown();
    ServerOptions options = ServerOptions.defaults().withSocket(socket);
    try (JmrServer _ = JmrServer.start(options, engine.models())) {
      try (SocketChannel _ =
          connect(socket, post(CHAT.replace("tinyq-llama-Q4_K_M", "tiny-llama3-bpe")))) {
        while (engine.begun.get() == 0) {
          Thread.onSpinWait();
        }
      }
      while (engine.ended.get() == 0) {
        Thread.onSpinWait();
      }
      assertThat(engine.ended).hasValue(1);
    }
  }
}
