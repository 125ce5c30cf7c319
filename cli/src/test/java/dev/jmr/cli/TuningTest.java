package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `jmr tune` and who uses what it finds; how it searches is tested beside it.
final class TuningTest {
  @TempDir private Path folder;

  private String file() {
    return folder.resolve("tuning.json").toString();
  }

  private Jmr.Result tune() {
    return Jmr.run(
        "tune",
        "-m",
        Jmr.SPM,
        "--only",
        "panel-rows",
        "-p",
        "8",
        "-n",
        "1",
        "-r",
        "3",
        "--no-warmup",
        "--tuning",
        file());
  }

  private Jmr.Result answer(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", Jmr.SPM, "The", "--raw", "-n", "2", "--temp", "0", "--verbose"));
    arguments.addAll(List.of(more));
    return Jmr.run(arguments.toArray(String[]::new));
  }

  @Test
  void runUsesWhatTuneFoundAndSaysSo() {
    assertThat(answer("--tuning", file()).err()).doesNotContain("tuned");
    Jmr.Result tuned = tune();
    assertThat(tuned.code()).isZero();
    assertThat(tuned.out()).contains("written to " + file());
    assertThat(answer("--tuning", file()).err()).contains("tuned settings: ");
    assertThat(answer("--tuning", file(), "--no-tuning").err()).doesNotContain("tuned");
  }

  @Test
  void aForeignFileIsIgnoredWithAWarning() throws IOException {
    Files.writeString(Path.of(file()), "[]");
    Jmr.Result result = Jmr.run("run", Jmr.SPM, "The", "-n", "2", "--tuning", file());
    assertThat(result.code()).isZero();
    assertThat(result.err()).startsWith("jmr: warning: tuning is ignored: ").hasLineCount(1);
  }

  @Test
  void settingsCanBeGivenByHand() {
    Jmr.Result result = answer("--set", "panel-rows=192", "--set", "copy-weights=0");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo(answer().out());
    assertThat(answer("--set", "panel-rows=100").err())
        .contains("setting panel-rows: expected a multiple of 96, 96 to 960, got 100");
  }
}
