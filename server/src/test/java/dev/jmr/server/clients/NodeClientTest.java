package dev.jmr.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.server.http.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// OpenAI's client for Node.js, as its script has it: `src/test/node/openai.mjs`.
@Timeout(60)
final class NodeClientTest {
  private static final Path SCRIPT = Path.of("src", "test", "node", "openai.mjs");
  private static final Path FOLDER = Path.of("target", "node");

  @Test
  void servesOpenAisClientForNode() throws Exception {
    assumeTrue(
        Files.isDirectory(FOLDER.resolve("node_modules").resolve("openai")),
        "OpenAI's client for Node.js is not installed; .ci/run does that where npm is");
    Path script = FOLDER.resolve(SCRIPT.getFileName());
    Files.copy(SCRIPT, script, StandardCopyOption.REPLACE_EXISTING);
    try (TestServer server = TestServer.start()) {
      Process node =
          new ProcessBuilder(
                  "node",
                  script.toString(),
                  "http://127.0.0.1:" + server.port() + "/engines/v1",
                  "tinyq-llama-Q4_K_M",
                  "tiny-bert-mean")
              .redirectErrorStream(true)
              .start();
      node.getOutputStream().close();
      String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(node.waitFor()).as(output).isZero();
      assertThat(output).contains("pass 8", "fail 0");
      while (server.models().loaded().stream().anyMatch(model -> model.leases() > 0)) {
        Thread.onSpinWait();
      }
    }
  }
}
