package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Docker Compose calls, as it calls it: through the Docker client, which passes the name of the plugin.
final class ComposeCommandTest {
  private static final String MODEL = "localhost:1/me/tiny:v1";

  @TempDir private Path folder;

  private static List<String> lines(Jmr.Result result) throws Exception {
    assertThat(result.err()).isEmpty();
    List<String> lines = new ArrayList<>();
    for (String line : result.out().lines().toList()) {
      JsonNode node = new ObjectMapper().readTree(line);
      lines.add(node.path("type").asText() + " " + node.path("message").asText());
    }
    return lines;
  }

  private static String[] compose(String arguments) {
    return ("docker-plugin model compose --project-name=p " + arguments).split(" ");
  }

  @Test
  void aProviderIsBroughtUpAndDown() throws Exception {
    try (StoreServer server = new StoreServer(folder)) {
      server.embedded("package", MODEL, "--gguf", Jmr.Q4_K_M);
      Jmr.Result up = server.remote(compose("up --model=" + MODEL + " --context-size=64 service"));
      assertThat(up.code()).isZero();
      assertThat(lines(up))
          .startsWith("info Initializing model runner...")
          .containsSubsequence(
              "setenv MODEL=" + MODEL,
              "info Setting context size to 64",
              "info Successfully configured backend for model " + MODEL,
              "setenv URL=" + server.address() + "/engines/v1/");
      Jmr.Result down = server.remote(compose("down service"));
      assertThat(down).isEqualTo(new Jmr.Result(0, "", ""));
    }
  }

  /// Who names a server is believed; one that was found by looking around is told as containers reach it.
  @Test
  void theAddressIsTheOneThatWasNamedOrElseTheOneOfContainers() throws Exception {
    try (StoreServer server = new StoreServer(folder)) {
      server.embedded("package", MODEL, "--gguf", Jmr.Q4_K_M);
      String port = server.address().replaceAll(".*:", "");
      for (String host : List.of("localhost:" + port, "tcp://127.0.0.1:" + port)) {
        String named = "http://" + host.replace("tcp://", "");
        assertThat(up(Map.of("MODEL_RUNNER_HOST", host)))
            .contains("setenv URL=" + named + "/engines/v1/");
      }
      String line =
          up(Map.of("MODEL_RUNNER_PORT", port)).stream()
              .filter(said -> said.startsWith("setenv URL="))
              .findFirst()
              .orElseThrow();
      assertThat(line)
          .matches("setenv URL=http://(host\\.docker\\.internal|[0-9.]+):" + port + "/engines/v1/")
          .doesNotContain("localhost", "127.0.0.1");
    }
  }

  private static List<String> up(Map<String, String> environment) throws Exception {
    return lines(Jmr.run("", environment, compose("up --model=" + MODEL + " service")));
  }

  @Test
  void whatGoesWrongIsALineToo() throws Exception {
    try (StoreServer server = new StoreServer(folder)) {
      Jmr.Result up = server.remote(compose("up --model=localhost:1/me/nobody s"));
      assertThat(up.code()).isEqualTo(1);
      assertThat(lines(up).getLast())
          .startsWith("error ")
          .contains("localhost:1: cannot be reached");
      Jmr.Result alone = server.embedded(compose("up --model=" + MODEL + " s"));
      assertThat(alone.code()).isEqualTo(1);
      assertThat(lines(alone).getLast()).contains("error expected a running model server");
    }
  }

  @Test
  void theOptionsAreDescribedInOneLineWithoutEnd() throws Exception {
    Jmr.Result result = Jmr.run("docker-plugin", "model", "compose", "metadata");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).doesNotContain("\n");
    JsonNode up = new ObjectMapper().readTree(result.out()).path("up").path("parameters");
    assertThat(up.findValuesAsText("name"))
        .containsExactly(
            "model",
            "context-size",
            "runtime-flags",
            "backend",
            "speculative-draft-model",
            "speculative-num-tokens",
            "speculative-min-acceptance-rate");
    assertThat(up.get(0).path("required").asBoolean()).isTrue();
  }

  /// The element `models:` of a Compose file. Compose reads both outputs as one, so that nothing may be an error output.
  @Test
  void theFourCallsOfTopLevelModelsAnswerInJsonOnly() throws Exception {
    try (StoreServer server = new StoreServer(folder)) {
      server.embedded("package", MODEL, "--gguf", Jmr.Q4_K_M);
      String plugin = "docker-plugin model ";
      Jmr.Result list = server.remote((plugin + "ls --json").split(" "));
      assertThat(list.err()).isEmpty();
      JsonNode model = new ObjectMapper().readTree(list.out()).get(0);
      assertThat(model.path("tags").get(0).asText()).isEqualTo(MODEL);
      assertThat(model.has("id")).isTrue();
      assertThat(model.path("created").isIntegralNumber()).isTrue();

      assertThat(server.remote((plugin + "pull " + MODEL).split(" ")).code()).isZero();
      String configure = plugin + "configure --context-size 64 " + MODEL + " -- --temp 0.1";
      assertThat(server.remote(configure.split(" "))).isEqualTo(new Jmr.Result(0, "", ""));
      Jmr.Result status = server.remote((plugin + "status --json").split(" "));
      assertThat(status.err()).isEmpty();
      assertThat(new ObjectMapper().readTree(status.out()).path("endpoint").asText())
          .endsWith("/v1/");
    }
  }
}
