package dev.jmr.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.server.http.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// OpenAI's client for Node.js, as its scripts have it: `src/test/node/*.mjs`.
@Timeout(60)
final class NodeClientTest {
  private static final Path SCRIPTS = Path.of("src", "test", "node");
  private static final Path FOLDER = Path.of("target", "node");

  @Test
  void servesOpenAisClientForNode() throws Exception {
    try (TestServer server = TestServer.start()) {
      assertThat(run(server, "openai.mjs", "tinyq-llama-Q4_K_M", "tiny-bert-mean"))
          .contains("pass 8", "fail 0");
      while (server.models().loaded().stream().anyMatch(model -> model.leases() > 0)) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void talksWithAModelThatMeansWhatItSays(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.talking(folder)) {
      assertThat(run(server, "talking.mjs", "jmr/demo")).contains("pass 2", "fail 0");
    }
  }

  /// What a script writes when it ends well.
  private static String run(TestServer server, String name, String... models) throws Exception {
    assumeTrue(
        Files.isDirectory(FOLDER.resolve("node_modules").resolve("openai")),
        "OpenAI's client for Node.js is not installed; .ci/run does that where npm is");
    Path script = FOLDER.resolve(name);
    Files.copy(SCRIPTS.resolve(name), script, StandardCopyOption.REPLACE_EXISTING);
    List<String> command = new ArrayList<>(List.of("node", script.toString()));
    command.add("http://127.0.0.1:" + server.port() + "/engines/v1");
    command.addAll(List.of(models));
    Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
    node.getOutputStream().close();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(output).isZero();
    return output;
  }
}
