package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of the store, one after the other as a user types them.
class StoreCommandsTest {
  @TempDir private Path folder;

  private Jmr.Result jmr(String... arguments) {
    return Jmr.run(
        "",
        Map.of(
            "MODELS_PATH", folder.resolve("models").toString(), "SOURCE_DATE_EPOCH", "1700000000"),
        arguments);
  }

  private String ok(String... arguments) {
    Jmr.Result result = jmr(arguments);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    return result.out();
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void listsNothingOfAnEmptyStore() {
    assertThat(ok("ls"))
        .isEqualToIgnoringNewLines(
            "MODEL NAME   PARAMETERS   QUANTIZATION   ARCHITECTURE   MODEL ID   CREATED   CONTEXT   SIZE");
    assertThat(ok("ls", "--json")).isEqualToIgnoringNewLines("[ ]");
    assertThat(ok("ls", "-q")).isEmpty();
  }

  @Test
  void drawsTokensAsThePackageSaysUnlessToldOtherwise() {
    ok("package", "cold", "--gguf", Jmr.Q4_K_M, "--parameter", "temperature=0");
    String greedy = ok("run", Jmr.Q4_K_M, "Hi", "-n", "12", "--raw", "--temp", "0");
    assertThat(ok("run", "cold", "Hi", "-n", "12", "--raw")).isEqualTo(greedy);
    assertThat(ok("run", "cold", "Hi", "-n", "12", "--raw", "--temp", "2", "--seed", "3"))
        .isNotEqualTo(greedy);
  }

  @Test
  void aModelIsPackedListedTaggedRunAndRemoved() throws Exception {
    assertThat(ok("package", "me/tiny:v1", "--gguf", Jmr.Q4_K_M, "--context-size", "64"))
        .startsWith("Packaged me/tiny:v1 (");

    JsonNode entry = json(ok("ls", "--json")).get(0);
    String id = entry.get("id").asText();
    assertThat(id).startsWith("sha256:").hasSize(71);
    assertThat(entry.get("tags").get(0).asText()).isEqualTo("docker.io/me/tiny:v1");
    assertThat(entry.get("created").asLong()).isEqualTo(1_700_000_000);
    assertThat(entry.get("config").get("architecture").asText()).isEqualTo("llama");
    assertThat(entry.get("config").get("context_size").asInt()).isEqualTo(64);
    assertThat(json(ok("inspect", "me/tiny:v1"))).isEqualTo(entry);
    assertThat(json(ok("ls", "--openai")).get("data").get(0).get("id").asText())
        .isEqualTo("docker.io/me/tiny:v1");

    assertThat(ok("tag", "me/tiny:v1", "Other"))
        .isEqualToIgnoringNewLines("Model \"me/tiny:v1\" tagged successfully with \"Other\"");
    String shortId = id.substring(7, 19);
    assertThat(ok("ls"))
        .containsPattern("me/tiny:v1 +\\S+ +\\S+ +llama +" + shortId + " +\\d+ years ago +64 ")
        .containsPattern("other +\\S+ +\\S+ +llama +" + shortId);

    for (String name : new String[] {"other", "ai/other:latest", id, shortId}) {
      assertThat(ok("run", name, "Hi", "-n", "3", "--raw", "--temp", "0")).isNotBlank();
    }

    assertThat(jmr("rm", shortId).err()).contains("expected one name, got me/tiny:v1, other");
    assertThat(ok("rm", "other")).isEqualToIgnoringNewLines("Untagged: docker.io/ai/other:latest");
    assertThat(ok("rm", "me/tiny:v1"))
        .isEqualToIgnoringNewLines("Untagged: docker.io/me/tiny:v1Deleted: " + id);
    assertThat(ok("ls", "-q")).isEmpty();
  }

  @Test
  void aModelTravelsInAFile() throws Exception {
    ok("package", "tiny", "--gguf", Jmr.Q4_K_M);
    String id = json(ok("inspect", "tiny")).get("id").asText();
    String tar = folder.resolve("tiny.tar").toString();
    assertThat(ok("export", "tiny", "-o", tar)).startsWith("Exported tiny to ");
    ok("rm", "tiny");

    assertThat(ok("load", "-i", tar, "--tag", "again")).isEqualToIgnoringNewLines("Loaded again");

    assertThat(json(ok("inspect", "again")).get("id").asText()).isEqualTo(id);
    assertThat(ok("load", "-i", tar, "--tag", "more")).isEqualToIgnoringNewLines("Loaded more");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("models", "tiny.tar");
  }

  @Test
  void whatIsNoFileIsWrittenToAndNotReplaced() throws Exception {
    ok("package", "tiny", "--gguf", Jmr.Q4_K_M);
    Path pipe = folder.resolve("pipe");
    assumeThat(Path.of("/usr/bin/mkfifo")).as("a command that makes pipes").exists();
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<Long> read =
        CompletableFuture.supplyAsync(() -> {
          try (InputStream in = Files.newInputStream(pipe)) {
            return in.transferTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    ok("export", "tiny", "-o", pipe.toString());
    assertThat(read.get(60, TimeUnit.SECONDS)).isGreaterThan(Files.size(Path.of(Jmr.Q4_K_M)));
    assertThat(Files.isRegularFile(pipe)).isFalse();
    assertThat(jmr("export", "tiny", "-o", folder.toString()).err())
        .contains("expected a file, got a folder");
  }

  @Test
  void theSameFilesMakeTheSameModel() throws Exception {
    ok("package", "a", "--gguf", Jmr.Q4_K_M);
    ok("package", "b", "--gguf", Jmr.Q4_K_M);
    ok("package", "c", "--from", "a");
    assertThat(json(ok("ls", "--json"))).hasSize(1);
  }

  @Test
  void theStoreIsCheckedMendedPrunedAndPurged() throws Exception {
    ok("package", "tiny", "--gguf", Jmr.Q4_K_M);
    JsonNode entry = json(ok("inspect", "tiny"));
    assertThat(ok("fsck")).startsWith("The store is sound: ");
    assertThat(json(ok("df", "--json")).get("models_disk_usage").asInt()).isPositive();
    assertThat(ok("df")).containsPattern("Models +[\\d.]+[kM]B");
    assertThat(ok("prune")).isEqualToIgnoringNewLines("Total reclaimed space: 0B");
    Files.writeString(
        folder.resolve("models/blobs/sha256/" + "0".repeat(64) + ".incomplete"), "12345");
    assertThat(jmr("prune").err())
        .isEqualToIgnoringNewLines(
            "jmr: 5B of unfinished downloads stay for a week, for a pull to go on with; --all removes them");
    assertThat(ok("prune", "--all")).isEqualToIgnoringNewLines("Total reclaimed space: 5B");

    Path manifest =
        folder.resolve("models/manifests/sha256").resolve(entry.get("id").asText().substring(7));
    Files.writeString(manifest, "garbage");
    Jmr.Result broken = jmr("fsck");
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.out()).contains("broken model", "docker.io/ai/tiny:latest");
    assertThat(ok("fsck", "--repair")).contains("broken model");
    assertThat(ok("fsck")).startsWith("The store is sound: ");

    ok("package", "again", "--gguf", Jmr.Q4_K_M);
    assertThat(jmr("purge").code()).isEqualTo(2);
    ok("purge", "--force");
    assertThat(ok("ls", "-q")).isEmpty();
  }

  @Test
  void anUnknownNameIsToldWithTheNearest() {
    ok("package", "smollm2", "--gguf", Jmr.Q4_K_M);
    Jmr.Result result = jmr("inspect", "smolm2");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("smolm2").contains("did you mean smollm2?");
    assertThat(jmr("rm", "smolm2").code()).isEqualTo(1);
    assertThat(jmr("tag", "smolm2", "x").code()).isEqualTo(1);
  }

  @Test
  void aModelIsMeasuredByItsName() {
    ok("package", "tiny", "--gguf", Jmr.Q4_K_M);
    String[] bench = "bench -m tiny -p 2 -n 1 -r 1 --no-warmup --no-bandwidth".split(" ", -1);
    assertThat(ok(bench)).contains(" pp2 |", " tg1 |");
    assertThat(ok("tune", "-m", "ai/tiny:latest", "--reset", "--tuning", folder + "/tuning.json"))
        .startsWith("nothing for ");
  }

  @Test
  void aNameThatCannotBeIsRefused() {
    assertThat(jmr("ls", "not a name").code()).isEqualTo(1);
    assertThat(jmr("package", "x").code()).isEqualTo(2);
    assertThat(jmr("package", "x", "--gguf", "missing.gguf").err())
        .contains("missing.gguf: no such file");
  }

  @Test
  void aRegistryThatIsNotThereIsNamedAndSoIsWhatMayBeMeant() {
    ok("package", "localhost:1/me/modell", "--gguf", Jmr.Q4_K_M);
    Jmr.Result result = jmr("pull", "localhost:1/me/model");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("localhost:1: cannot be reached")
        .endsWith("; did you mean localhost:1/me/modell, which is in the store?\n");
  }
}
