package dev.jmr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands on a store as Docker Model Runner leaves it, written here by hand: two models that share their license, a bundle
/// with hard links, an old name of Hugging Face, a download that was interrupted.
class DockerStoreTest {
  private static final String CONFIG = "application/vnd.docker.ai.model.config.v0.1+json";
  private static final String GGUF = "application/vnd.docker.ai.gguf.v3";
  private static final String LICENSE = "application/vnd.docker.ai.license";
  private static final String TERMS = "as you like";

  @TempDir private Path folder;
  private String weights = "";
  private String first = "";
  private String second = "";

  private Path root() {
    return folder.resolve("models");
  }

  @BeforeEach
  void writeAsDockerModelRunnerDoes() throws Exception {
    for (String room : List.of("blobs", "manifests", "bundles")) {
      Files.createDirectories(root().resolve(room).resolve("sha256"));
    }
    Files.writeString(root().resolve("layout.json"), "{\"version\":\"1.0.0\"}");
    byte[] gguf = Files.readAllBytes(Path.of(Jmr.Q4_K_M));
    weights = put("blobs", gguf);
    String license = put("blobs", TERMS.getBytes(UTF_8));
    first = model(gguf.length, license, 512);
    second = model(gguf.length, license, 128);
    Path bundle = root().resolve("bundles/sha256/" + first);
    Files.createDirectories(bundle.resolve("model"));
    Files.writeString(bundle.resolve("config.json"), "{\"format\":\"gguf\"}");
    Files.createLink(bundle.resolve("model/model.gguf"), blob(weights));
    Files.writeString(blob("ab".repeat(32) + ".incomplete"), "begun");
    Files.writeString(
        root().resolve("models.json"),
        """
        {
          "models": [
            %s,
            %s
          ]
        }\
        """
            .formatted(
                entry(first, license, "\"docker.io/ai/tiny:latest\", \"hf.co/org/tiny:Q4_K_M\""),
                entry(second, license, "\"docker.io/ai/tiny:small\"")));
  }

  private Path blob(String name) {
    return root().resolve("blobs/sha256/" + name);
  }

  private String put(String room, byte[] bytes) throws Exception {
    String hex = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Files.write(root().resolve(room).resolve("sha256").resolve(hex), bytes);
    return hex;
  }

  private String model(int size, String license, int contextSize) throws Exception {
    byte[] config =
        """
        {"config":{"format":"gguf","quantization":"Q4_K_M","parameters":"795.90K","architecture":"llama","size":"480.69KiB","context_size":%d},"descriptor":{"created":"2025-03-12T21:18:22+01:00"},"rootfs":{"type":"rootfs","diff_ids":["sha256:%s","sha256:%s"]}}\
        """
            .formatted(contextSize, weights, license)
            .getBytes(UTF_8);
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"%s","size":%d,"digest":"sha256:%s"},"layers":[{"mediaType":"%s","size":%d,"digest":"sha256:%s"},{"mediaType":"%s","size":%d,"digest":"sha256:%s"}]}\
        """
            .formatted(
                CONFIG,
                config.length,
                put("blobs", config),
                GGUF,
                size,
                weights,
                LICENSE,
                TERMS.length(),
                license);
    return put("manifests", manifest.getBytes(UTF_8));
  }

  private String entry(String id, String license, String tags) throws IOException {
    JsonNode manifest =
        new ObjectMapper().readTree(root().resolve("manifests/sha256/" + id).toFile());
    return """
    {"id": "sha256:%s", "tags": [%s], "files": ["sha256:%s", "sha256:%s", "%s"]}\
    """
        .formatted(id, tags, weights, license, manifest.path("config").path("digest").asText());
  }

  private String ok(String... arguments) {
    Jmr.Result result = Jmr.run("", Map.of("MODELS_PATH", root().toString()), arguments);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    return result.out();
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root().relativize(file).toString())
          .collect(Collectors.toSet());
    }
  }

  @Test
  void isListedInspectedRunAndExported() throws Exception {
    Set<String> before = files();
    assertThat(ok("ls"))
        .containsPattern("tiny +795.90K +Q4_K_M +llama +" + first.substring(0, 12) + ".* 512 ")
        .containsPattern("huggingface.co/org/tiny:Q4_K_M +795.90K")
        .containsPattern("tiny:small +795.90K +Q4_K_M +llama +" + second.substring(0, 12));
    JsonNode model = new ObjectMapper().readTree(ok("inspect", "ai/tiny"));
    assertThat(model.path("id").asText()).isEqualTo("sha256:" + first);
    assertThat(model.path("created").asLong()).isEqualTo(1_741_810_702);
    for (String name : List.of("tiny", "hf.co/org/tiny:Q4_K_M", "tiny:small", second)) {
      assertThat(ok("run", name, "Hi", "-n", "2", "--raw", "--temp", "0")).isNotBlank();
    }
    ok("export", "tiny", "-o", folder.resolve("tiny.tar").toString());
    assertThat(ok("fsck")).startsWith("The store is sound");
    assertThat(files()).isEqualTo(before);
  }

  /// The twelve spellings of Docker Model Runner's integration test.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiny",
        "tiny:latest",
        "ai/tiny",
        "ai/tiny:latest",
        "docker.io/ai/tiny",
        "docker.io/ai/tiny:latest",
        "index.docker.io/ai/tiny:latest",
        "tiny@sha256:ID",
        "ai/tiny@sha256:ID",
        "sha256:ID",
        "ID",
        "SHORT"
      })
  void isKnownByEverySpellingToEveryCommand(String text) throws Exception {
    String name = text.replace("ID", first).replace("SHORT", first.substring(0, 12));
    assertThat(ok("inspect", name)).contains("sha256:" + first);
    assertThat(ok("run", name, "Hi", "-n", "1", "--raw", "--temp", "0")).isNotNull();
    ok("tag", name, "me/again");
    assertThat(new ObjectMapper().readTree(ok("inspect", "me/again")).path("tags")).hasSize(3);
    assertThat(ok("rm", "--force", name)).startsWith("Untagged: docker.io/ai/tiny:latest");
  }

  @Test
  void isTaggedAndRemovedWithoutTakingWhatOthersUse() throws Exception {
    ok("tag", "tiny", "me/mine:v1");
    assertThat(ok("rm", "tiny", "hf.co/org/tiny:Q4_K_M"))
        .isEqualToIgnoringNewLines(
            "Untagged: docker.io/ai/tiny:latestUntagged: huggingface.co/org/tiny:Q4_K_M");
    assertThat(files()).contains("bundles/sha256/" + first + "/model/model.gguf");
    JsonNode index = new ObjectMapper().readTree(root().resolve("models.json").toFile());
    assertThat(index.path("models").get(0).path("tags").toString())
        .isEqualTo("[\"docker.io/me/mine:v1\"]");

    assertThat(ok("rm", "me/mine:v1")).contains("Deleted: sha256:" + first);
    assertThat(files())
        .contains("blobs/sha256/" + weights, "manifests/sha256/" + second)
        .noneMatch(file -> file.contains(first));

    ok("rm", "tiny:small");
    ok("prune", "--all");
    assertThat(files()).containsExactlyInAnyOrder("layout.json", "models.json");
    assertThat(root().resolve("models.json")).hasContent("{\n  \"models\": []\n}");
  }

  /// The same files under the same ids, whoever wrote them.
  @Test
  void isTheSameAsOneOfOurs() throws Exception {
    String tar = folder.resolve("tiny.tar").toString();
    ok("export", "tiny", "-o", tar);
    Path ours = folder.resolve("ours");
    Jmr.Result loaded =
        Jmr.run(
            "",
            Map.of("MODELS_PATH", ours.toString()),
            "load",
            "-i",
            tar,
            "--tag",
            "docker.io/ai/tiny");
    assertThat(loaded.code()).isZero();
    JsonNode theirs = new ObjectMapper().readTree(root().resolve("models.json").toFile());
    JsonNode written = new ObjectMapper().readTree(ours.resolve("models.json").toFile());
    for (String field : List.of("id", "files")) {
      assertThat(written.path("models").get(0).path(field))
          .isEqualTo(theirs.path("models").get(0).path(field));
    }
    try (Stream<Path> files = Files.walk(ours)) {
      for (Path file : files.filter(f -> f.toString().contains("sha256/")).toList()) {
        assertThat(root().resolve(ours.relativize(file).toString())).hasSameBinaryContentAs(file);
      }
    }
  }
}
