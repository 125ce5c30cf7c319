package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionCommandTest {
  private static final Path BASH = Path.of("/bin/bash");

  /// Completes `$1` as bash does at the end of a line, with a `jmr` that has two models.
  private static final String COMPLETE =
      """
      jmr() { [ "$1" = __models ] && printf '%s\\n' smollm2 me/tiny:v1 me/tiny:v2; }
      COMP_LINE="$1"; COMP_POINT=${#1}
      COMP_WORDS=(${1//:/ : }); [[ $1 == *' ' ]] && COMP_WORDS+=('')
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      __jmr
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir private Path folder;

  private List<String> complete(String line) throws IOException, InterruptedException {
    assumeThat(BASH).as("a bash to complete in").isExecutable();
    Path script = folder.resolve("script");
    Files.writeString(script, Jmr.run("completion", "bash").out() + COMPLETE);
    List<String> command = new ArrayList<>(List.of(BASH.toString(), script.toString(), line));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).isZero();
    return out.lines().filter(word -> !word.isEmpty()).toList();
  }

  @Test
  void bashCompletesCommands() throws Exception {
    assertThat(complete("jmr ")).contains("run", "ls", "docker").doesNotContain("__models");
    assertThat(complete("jmr quan")).containsExactly("quantize");
    assertThat(complete("jmr completion z")).containsExactly("zsh");
    assertThat(complete("jmr bench ker")).containsExactly("kernels");
  }

  @Test
  void bashCompletesOptionsAndTheirValues() throws Exception {
    assertThat(complete("jmr ls --")).contains("--json", "--quiet", "--verbose");
    assertThat(complete("jmr bench synth --type Q4_K_")).containsExactly("Q4_K_M");
    assertThat(complete("jmr run --threads ")).isEmpty();
  }

  @Test
  void bashCompletesModelsAlsoBehindAColon() throws Exception {
    assertThat(complete("jmr run ")).containsExactly("smollm2", "me/tiny:v1", "me/tiny:v2");
    assertThat(complete("jmr inspect smo")).containsExactly("smollm2");
    assertThat(complete("jmr rm me/tiny:")).containsExactly("v1", "v2");
    assertThat(complete("jmr run --temp 0 --raw sm")).containsExactly("smollm2");
  }

  @Test
  void everyShellIsTaughtEveryCommandThatIsShown() {
    for (String shell : List.of("bash", "zsh", "fish")) {
      String script = Jmr.run("completion", shell).out();
      assertThat(script).contains("jmr __models", "quantize", "allow-requantize");
      assertThat(script).doesNotContain("docker-cli-plugin-metadata");
    }
    assertThat(Jmr.run("completion", "zsh").out()).startsWith("#compdef jmr");
    assertThat(Jmr.run("completion", "tcsh").code()).isEqualTo(2);
  }

  @Test
  void namesOfModelsComeFromTheStore() {
    Map<String, String> environment =
        Map.of("MODELS_PATH", folder.resolve("models").toString(), "SOURCE_DATE_EPOCH", "1");
    assertThat(Jmr.run("", environment, "__models").out()).isEmpty();
    Jmr.run("", environment, "package", "me/tiny:v1", "--gguf", Jmr.Q4_K_M);
    assertThat(Jmr.run("", environment, "__models").out()).isEqualTo("me/tiny:v1\n");
  }
}
