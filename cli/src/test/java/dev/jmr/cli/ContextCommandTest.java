package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContextCommandTest {
  @TempDir private Path docker;

  private Jmr.Result jmr(String... arguments) {
    return Jmr.run(
        "", Map.of("DOCKER_CONFIG", docker.toString(), "MODEL_RUNNER_PORT", "1"), arguments);
  }

  private String ok(String... arguments) {
    Jmr.Result result = jmr(arguments);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    return result.out();
  }

  private JsonNode file() throws Exception {
    return new ObjectMapper().readTree(docker.resolve("model/contexts.json").toFile());
  }

  @Test
  void aContextIsCreatedUsedShownAndRemoved() throws Exception {
    assertThat(ok("context", "ls"))
        .isEqualTo(
            """
            NAME      HOST            DESCRIPTION   CURRENT
            default   (auto-detect)                 *
            """);
    assertThat(ok("context", "create", "gpu", "--host", "localhost:1", "--description", "big"))
        .isEqualToIgnoringNewLines("Context \"gpu\" created");
    ok("context", "use", "gpu");
    assertThat(ok("context", "ls"))
        .isEqualTo(
            """
            NAME      HOST            DESCRIPTION   CURRENT
            default   (auto-detect)
            gpu       localhost:1     big           *
            """);
    assertThat(file().path("version").asInt()).isEqualTo(1);
    assertThat(file().path("current").asText()).isEqualTo("gpu");
    assertThat(file().at("/contexts/gpu/host").asText()).isEqualTo("localhost:1");
    assertThat(file().at("/contexts/gpu/tls/skipVerify").isBoolean()).isTrue();
    assertThat(new ObjectMapper().readTree(ok("context", "inspect", "gpu")).path("name").asText())
        .isEqualTo("gpu");
    assertThat(jmr("ls").err()).contains("http://localhost:1 (context 'gpu')");
    ok("context", "rm", "gpu");
    assertThat(file().path("current").asText()).isEmpty();
    assertThat(docker.resolve("model").toFile().list())
        .containsExactlyInAnyOrder("contexts.json", "contexts.lock");
  }

  @Test
  void whatCannotBeIsRefusedAndChangesNothing() throws Exception {
    ok("context", "create", "a", "--host", "localhost:1");
    JsonNode before = file();
    assertThat(jmr("context", "create", "a", "--host", "localhost:2").err())
        .contains("is there already");
    assertThat(jmr("context", "create", "../x", "--host", "localhost:2").err())
        .contains("expected a name of letters");
    assertThat(jmr("context", "create", "b", "--host", "ftp://x").err())
        .contains("expected an address");
    assertThat(jmr("context", "use", "nobody").err()).contains("'context ls' lists what is");
    assertThat(jmr("context", "rm", "a", "nobody").code()).isEqualTo(1);
    assertThat(jmr("context", "rm", "default").err()).contains("built in");
    assertThat(jmr("context", "create", "c").code()).isEqualTo(2);
    assertThat(file()).isEqualTo(before);
  }

  @Test
  void aDamagedFileIsNamed() throws Exception {
    Files.createDirectories(docker.resolve("model"));
    Files.writeString(docker.resolve("model/contexts.json"), "{\"version\":");
    Jmr.Result result = jmr("ls");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("contexts.json: expected JSON; mend or delete it");
  }
}
