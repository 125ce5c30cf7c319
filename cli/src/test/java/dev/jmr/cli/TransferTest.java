package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `jmr push` and `jmr pull` with a registry, on the store itself and by a server.
final class TransferTest {
  @TempDir private Path folder;

  private static JsonNode json(Jmr.Result result) throws Exception {
    return new ObjectMapper().readTree(result.out());
  }

  private static void ok(Jmr.Result result, String says) {
    assertThat(result.err().lines()).allMatch(line -> line.matches("jmr: (pull|push)ing .* of .*"));
    assertThat(result.out()).contains(says);
    assertThat(result.code()).isZero();
  }

  private void travels(Function<String, Jmr.Result> jmr, String model) throws Exception {
    ok(jmr.apply("push " + model), "Model pushed successfully");
    JsonNode before = json(jmr.apply("inspect " + model));
    JsonNode remote = json(jmr.apply("inspect --remote " + model));
    assertThat(remote.path("id")).isEqualTo(before.path("id"));
    ok(jmr.apply("rm " + model), "Deleted: ");
    ok(jmr.apply("pull " + model), "Model pulled successfully");
    assertThat(json(jmr.apply("inspect " + model))).isEqualTo(before);
    Jmr.Result none = jmr.apply("pull " + model + "x");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("not found");
    ok(jmr.apply("run " + model + " Hi -n 1 --raw"), "");
  }

  @Test
  void aModelGoesToItsRegistryAndComesBack() throws Exception {
    try (MemoryRegistry registry = new MemoryRegistry();
        StoreServer server = new StoreServer(folder)) {
      String model = registry.name() + "/me/tiny:v1";
      String make = "package %s --gguf %s --context-size 64".formatted(model, Jmr.Q4_K_M);
      ok(server.embedded(make.split(" ")), "Packaged ");
      travels(line -> server.embedded(line.split(" ")), model);
      travels(line -> server.remote(line.split(" ")), model);
    }
  }

  @Test
  void whatIsPackedForARegistryIsPushedAtOnce() throws Exception {
    try (MemoryRegistry registry = new MemoryRegistry();
        StoreServer server = new StoreServer(folder)) {
      String model = registry.name() + "/me/tiny:v1";
      ok(
          server.embedded("package", model, "--gguf", Jmr.Q4_K_M, "--push"),
          "Model pushed successfully");
      assertThat(json(server.embedded("inspect", "--remote", model)).path("id").asText())
          .startsWith("sha256:");
    }
  }
}
