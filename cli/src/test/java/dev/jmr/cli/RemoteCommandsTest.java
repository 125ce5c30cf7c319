package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands against a server, and what they do without one.
final class RemoteCommandsTest {
  /// A registry that is not there, so that no test asks one.
  private static final String MODEL = "localhost:1/me/tiny:v1";

  @TempDir private Path folder;
  private @Nullable StoreServer started;

  @BeforeEach
  void start() {
    started = new StoreServer(folder);
    assertThat(
            server()
                .embedded("package", MODEL, "--gguf", Jmr.Q4_K_M, "--context-size", "64")
                .code())
        .isZero();
  }

  @AfterEach
  void stop() {
    server().close();
  }

  private StoreServer server() {
    return Objects.requireNonNull(started);
  }

  private String ok(String... arguments) {
    Jmr.Result result = server().remote(arguments);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    return result.out();
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  /// Of a model whose context somebody chose: without that a server tells what it would run with, and the store nothing.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls",
        "ls -q",
        "ls --json",
        "ls --openai",
        "ls --json " + MODEL,
        "ls --openai " + MODEL,
        "inspect " + MODEL,
        "inspect --openai " + MODEL,
        "inspect nobody",
        "inspect localhost:1/me/tiny:v2",
        "show nobody",
        "configure nobody --context-size 64",
        "configure show",
        "configure show nobody",
        "df",
        "df --json",
        "tag " + MODEL + " Other",
        "tag nobody x",
        "rm nobody",
        "rm " + MODEL,
        "purge --force",
        "purge",
        "ls --color"
      })
  void theServerAndTheStoreItselfPrintTheSame(String line) {
    Jmr.Result embedded = server().embedded(line.split(" "));
    if (line.startsWith("rm ") || line.startsWith("purge --")) {
      server().embedded("package", MODEL, "--gguf", Jmr.Q4_K_M, "--context-size", "64");
    }
    assertThat(server().remote(line.split(" "))).isEqualTo(embedded);
  }

  @Test
  void aModelTravelsThroughTheServer() {
    String tar = folder.resolve("tiny.tar").toString();
    assertThat(ok("export", MODEL, "-o", tar)).startsWith("Exported " + MODEL + " to ");
    assertThat(ok("rm", MODEL)).contains("Untagged: " + MODEL, "Deleted: sha256:");
    assertThat(ok("load", "-i", tar, "--tag", "again")).contains("Loaded again");
    assertThat(server().embedded("ls").out()).contains("again ");
    ok("purge", "--force");
    assertThat(server().embedded("ls", "-q").out()).isEmpty();
  }

  @Test
  void theServersStateIsShown() throws Exception {
    assertThat(ok("status"))
        .startsWith("Docker Model Runner is running\n\nBACKEND ")
        .containsPattern("BACKEND +STATUS +DETAILS\nllama.cpp +Running +")
        .contains("jmr 1.2.3");
    JsonNode status = json(ok("status", "--json"));
    assertThat(status.path("running").asBoolean()).isTrue();
    assertThat(status.path("backends").path("llama.cpp").asText()).startsWith("Running: ");
    assertThat(status.path("endpoint").asText()).endsWith("/v1/");
    assertThat(status.path("endpointHost").asText()).isEqualTo(server().address() + "/v1/");
    assertThat(ok("version")).contains("server 1.2.3 at " + server().address());
  }

  @Test
  void modelsAreConfiguredListedAndUnloaded() throws Exception {
    String header = "MODEL NAME   BACKEND   MODE   UNTIL";
    assertThat(ok("ps")).isEqualToIgnoringNewLines(header);
    assertThat(ok("unload", "--all")).isEqualToIgnoringNewLines("No models are running.");
    assertThat(ok("configure", "--context-size", "64", MODEL, "--", "--temp", "0")).isEmpty();
    JsonNode shown = json(ok("configure", "show", MODEL)).get(0);
    assertThat(shown.path("Config").path("context-size").asInt()).isEqualTo(64);
    assertThat(shown.path("Config").path("runtime-flags").toString())
        .isEqualTo("[\"--temp\",\"0\"]");
    assertThat(json(ok("configure", "show"))).hasSize(1);
    assertThat(json(ok("requests"))).isEmpty();
    assertThat(server().remote("configure", MODEL, "--", "--model", "x").code()).isEqualTo(1);
  }

  @Test
  void aModelIsConfiguredWithoutAServerForWhatRunsItLater() throws Exception {
    String[] configure = {"configure", "--context-size", "48", MODEL, "--", "--temp", "0"};
    assertThat(server().embedded(configure)).isEqualTo(new Jmr.Result(0, "", ""));
    Jmr.Result shown = server().embedded("configure", "show", MODEL);
    JsonNode config = json(shown.out()).get(0);
    assertThat(config.path("Model").asText()).isEqualTo(MODEL);
    assertThat(config.path("Config").path("context-size").asInt()).isEqualTo(48);
    server().remote(configure);
    assertThat(json(ok("configure", "show", MODEL)).get(0)).isEqualTo(config);
    String[] run = {"run", MODEL, "Hi", "--raw", "-n", "1", "--verbose"};
    assertThat(server().embedded(run).err()).contains("context 48 tokens");
    assertThat(server().embedded("configure", MODEL, "--", "--model", "x").err())
        .contains("runtime flag \"--model\" is not allowed");
  }

  @Test
  void aModelThatIsThereIsPulledWithoutItsRegistry() {
    Jmr.Result result = server().remote("pull", MODEL);
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("Using cached model");
  }

  @Test
  void whatNeedsAServerSaysSo() throws Exception {
    for (String command : new String[] {"logs", "requests"}) {
      Jmr.Result result = server().embedded(command.split(" "));
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err()).contains("expected a running server, found none", "jmr serve");
    }
    assertThat(server().embedded("ps").out()).startsWith("MODEL NAME");
    assertThat(server().embedded("unload", "--all").out()).contains("No models are running.");
    JsonNode json = json(server().embedded("status", "--json").out());
    assertThat(json.path("running").asBoolean(true)).isFalse();
    assertThat(json.path("backends").path("llama.cpp").asText()).startsWith("Installed");
    assertThat(json.path("kind").asText()).isEqualTo("Docker Engine (Manual Install)");
    assertThat(json.path("endpoint").asText()).endsWith(":12434/v1/");
    assertThat(json.path("endpointHost").asText()).isEqualTo("http://localhost:12434/v1/");
    Jmr.Result status = server().embedded("status");
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.out())
        .startsWith("Docker Model Runner is not running")
        .contains("JMR_EMBEDDED is set");
  }

  @Test
  void aServerThatIsNamedAndNotThereIsAnErrorAndNoReasonToWorkWithoutIt() {
    Jmr.Result result = Jmr.run("", Map.of("MODEL_RUNNER_HOST", "localhost:1"), "ls");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("no model runner answers at http://localhost:1 (MODEL_RUNNER_HOST)");
    assertThat(Jmr.run("", Map.of("MODEL_RUNNER_HOST", "ftp://x"), "ls").err())
        .contains("MODEL_RUNNER_HOST: expected an address such as", "got 'ftp://x'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ps x",
        "status x",
        "unload",
        "configure",
        "logs x",
        "requests x",
        "rm",
        "tag x",
        "context",
        "context use",
        "compose up",
        "df x"
      })
  void badUsageExitsWith2AndNamesTheCommandsHelp(String line) {
    Jmr.Result result = server().embedded(line.split(" "));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("run 'jmr " + line.replaceFirst(" .*", ""))
        .contains("--help'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"install-runner --gpu auto", "start-runner", "uninstall-runner --images"})
  void thereIsNoContainerToInstall(String line) {
    Jmr.Result result = server().embedded(line.split(" "));
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("nothing to do");
  }
}
