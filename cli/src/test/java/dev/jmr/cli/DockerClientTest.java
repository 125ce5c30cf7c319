package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `docker model …` with the real Docker client, which needs no daemon for it, and the real plugin. Runs after packaging.
@Timeout(300)
final class DockerClientTest {
  private static final Path JAR = Path.of("target", "jmr.jar").toAbsolutePath();
  private static final String MODEL = "localhost:1/me/tiny:v1";

  /// What comes before the address; lines of the log may come before that.
  private static final String SERVES = "jmr: serves on ";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private ProcessBuilder process(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("MODEL_RUNNER"));
    builder.environment().putAll(environment);
    return builder;
  }

  private Jmr.Result run(String... command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        process(List.of(command)).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    return new Jmr.Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static List<String> jmr(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private void ok(String... arguments) throws Exception {
    assertThat(run(jmr(arguments).toArray(String[]::new)).code()).isZero();
  }

  private String docker(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker", "model"));
    command.addAll(List.of(arguments));
    Jmr.Result result = run(command.toArray(String[]::new));
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    return result.out();
  }

  @BeforeEach
  void install() throws Exception {
    assumeThat(Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)))
        .as("a Docker client on the path")
        .anyMatch(bin -> Files.isExecutable(Path.of(bin, "docker")));
    environment.put("DOCKER_CONFIG", folder.resolve("docker").toString());
    environment.put("MODELS_PATH", folder.resolve("models").toString());
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    environment.put("JMR_EMBEDDED", "1");
    ok("docker", "install");
    ok("package", MODEL, "--gguf", Jmr.Q4_K_M);
  }

  @Test
  void composesFourCallsPrintWhatItReadsAndNothingElse() throws Exception {
    assertThat(docker("ls")).containsPattern("MODEL NAME +.*\n" + MODEL + " ");
    Process serve = process(jmr("serve", "--port", "0")).start();
    try (BufferedReader err = serve.errorReader()) {
      String line = err.lines().filter(each -> each.startsWith(SERVES)).findFirst().orElseThrow();
      environment.remove("JMR_EMBEDDED");
      environment.put("MODEL_RUNNER_HOST", line.substring(SERVES.length()));

      JsonNode models = new ObjectMapper().readTree(docker("ls", "--json"));
      assertThat(models.get(0).path("tags").get(0).asText()).isEqualTo(MODEL);
      // Its registry is not there, which is told on the error output.
      assertThat(run("docker", "model", "pull", MODEL).out()).contains("Using cached model");
      assertThat(docker("configure", "--context-size", "64", MODEL, "--", "--temp", "0.1"))
          .isEmpty();
      JsonNode status = new ObjectMapper().readTree(docker("status", "--json"));
      assertThat(status.path("running").asBoolean()).isTrue();
      assertThat(status.path("endpoint").asText()).endsWith("/v1/");

      assertThat(docker("compose", "--project-name=p", "up", "--model=" + MODEL, "s").lines())
          .allMatch(each -> each.startsWith("{\"type\":"))
          .anyMatch(each -> each.contains("\"setenv\",\"message\":\"URL=http://"));
      assertThat(docker("compose", "--project-name=p", "down", "s")).isEmpty();
    } finally {
      serve.toHandle().destroy();
      assertThat(serve.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
