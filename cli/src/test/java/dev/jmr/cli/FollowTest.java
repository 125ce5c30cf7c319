package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What goes on until Ctrl-C: `logs -f` and `requests -f`, as processes of the built jar. Runs after packaging.
@Timeout(120)
final class FollowTest {
  @TempDir private Path folder;

  private Process start(StoreServer server, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    if (Files.exists(Path.of("/proc"))) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", Path.of("target", "jmr.jar").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MODEL_RUNNER_HOST", server.address());
    return builder.start();
  }

  private static void endsQuietly(Process process, BufferedReader out) throws Exception {
    new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor();
    out.lines().forEach(_ -> {});
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  private static String next(BufferedReader out, String part) {
    return out.lines().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  @Test
  void theLogIsShownAsItGrows() throws Exception {
    assumeThat(Path.of("/bin/kill")).as("a kill command to send the signal with").exists();
    try (StoreServer server = new StoreServer(folder)) {
      Process process = start(server, "logs", "-f");
      try (BufferedReader out = process.inputReader()) {
        assertThat(next(out, "listens on")).contains("INFO jmr 1.2.3 listens on ");
        server.embedded("package", "me/tiny", "--gguf", Jmr.Q4_K_M, "--context-size", "64");
        server.remote("run", "me/tiny", "Hi", "--raw", "-n", "1");
        assertThat(next(out, "was loaded")).contains("me/tiny");
        endsQuietly(process, out);
      } finally {
        process.destroy();
      }
    }
  }

  @Test
  void requestsAreShownAsTheyCome() throws Exception {
    assumeThat(Path.of("/bin/kill")).as("a kill command to send the signal with").exists();
    try (StoreServer server = new StoreServer(folder)) {
      server.embedded("package", "me/tiny", "--gguf", Jmr.Q4_K_M, "--context-size", "64");
      server.remote("run", "me/tiny", "first", "--raw", "-n", "1");
      Process process = start(server, "requests", "-f", "--include-existing");
      try (BufferedReader out = process.inputReader()) {
        assertThat(next(out, "\"request\"")).contains("first");
        server.remote("run", "me/tiny", "second", "--raw", "-n", "1");
        assertThat(next(out, "\"request\"")).contains("second");
        endsQuietly(process, out);
      } finally {
        process.destroy();
      }
    }
  }
}
