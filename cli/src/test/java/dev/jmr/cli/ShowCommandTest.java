package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShowCommandTest {
  @TempDir private Path folder;

  private Jmr.Result jmr(String... arguments) {
    return Jmr.run(
        "",
        Map.of(
            "MODELS_PATH", folder.resolve("models").toString(), "SOURCE_DATE_EPOCH", "1700000000"),
        arguments);
  }

  @Test
  void tellsWhatAModelOfTheStoreIs() {
    jmr("package", "me/tiny:v1", "--gguf", Jmr.Q4_K_M, "--context-size", "64");
    Jmr.Result result = jmr("show", "me/tiny:v1");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .containsPattern("(?m)^Model: +me/tiny:v1$")
        .containsPattern("(?m)^ID: +sha256:[0-9a-f]{64}$")
        .containsPattern("(?m)^Architecture: +llama$")
        .containsPattern("(?m)^Context to use: +64 tokens$")
        .containsPattern("(?m)^Blocks: +2$")
        .containsPattern("(?m)^Vocabulary: +288 tokens$")
        .containsPattern("(?m)^Chat template: +none in the file$")
        .containsPattern("(?m)^LAYER +SIZE +DIGEST$")
        .containsPattern("(?m)^gguf +[\\d.]+kB +[0-9a-f]{12}$");
  }

  @Test
  void tellsWhatAFileIs() {
    assertThat(jmr("show", Jmr.SPM).out())
        .containsPattern("(?m)^Architecture: +llama$")
        .containsPattern("(?m)^Parameters: +[\\d.]+K$")
        .containsPattern("(?m)^Quantization: +F16$")
        .doesNotContain("LAYER");
  }

  @Test
  void namesTheRegistryThatItCannotReach() {
    Jmr.Result result = jmr("show", "-r", "localhost:1/me/model");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("localhost:1");
    assertThat(jmr("show", "nothing").code()).isEqualTo(1);
  }
}
