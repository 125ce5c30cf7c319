package dev.jmr.bench.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.bench.BenchCommand;
import dev.jmr.bench.ModelLocator;
import dev.jmr.bench.ModelShape;
import dev.jmr.bench.SyntheticModel;
import dev.jmr.bench.WeightMixture;
import dev.jmr.bench.serving.ServedModels;
import dev.jmr.model.Model;
import dev.jmr.runtime.tuning.Tuning;
import dev.jmr.runtime.tuning.TuningEntry;
import dev.jmr.runtime.tuning.TuningFile;
import dev.jmr.runtime.tuning.TuningKey;
import dev.jmr.tensor.backend.Backends;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class TuneCommandTest {
  @TempDir private static Path models;
  @TempDir private Path folder;
  private static String model = "";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void writeModel() {
    Path file = models.resolve("tiny.gguf");
    new SyntheticModel(ModelShape.named("tiny"), WeightMixture.Q4_K_M, 1).write(file);
    model = file.toString();
  }

  private Path file() {
    return folder.resolve("tuning.json");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-m", model, "--tuning", file().toString(), "--no-warmup"));
    CommandLine commandLine =
        new CommandLine(new BenchCommand(ModelLocator.PATHS, ServedModels.NONE));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(all.toArray(String[]::new));
  }

  private int tune(String arguments) {
    List<String> all = new ArrayList<>(List.of("tune"));
    all.addAll(List.of(arguments.split(" ", -1)));
    for (String option : List.of("-p 16", "-n 2", "-r 3")) {
      if (!arguments.contains(option.substring(0, 3))) {
        all.addAll(List.of(option.split(" ", -1)));
      }
    }
    return run(all.toArray(String[]::new));
  }

  @Test
  void triesEverySettingAndKeepsWhatItFound() {
    assertThat(tune("-t 1,2")).isZero();
    assertThat(out.toString())
        .contains("| setting         |  default |   chosen |     gain |")
        .contains("| threads ", "| copy-weights ", "| chunk-bytes ", "| dot-tokens ")
        .contains("| panel-rows ", "| prompt-chunk ", "written to " + file());
    assertThat(err.toString())
        .contains("tune: Q", "tune: panel-rows 192: prompt ", "tune: dot-tokens 4: few tokens ");
    List<TuningEntry> entries = new TuningFile(file()).read();
    assertThat(entries).hasSize(1);
    assertThat(entries.getFirst().key().size()).isEqualTo("2M");
    entries.getFirst().tuning().validate(Backends.best(Backends.candidates()));
  }

  @Test
  void aDryRunWritesNothing() {
    assertThat(tune("--dry-run --only panel-rows -o json")).isZero();
    assertThat(file()).doesNotExist();
    assertThat(out.toString())
        .contains("\"name\" : \"panel-rows\"", "\"default\" : 96", "\"written\" : \"\"")
        .doesNotContain("chunk-bytes");
  }

  @Test
  void resetForgetsTheEntryOfThisKindOfModel() {
    put(Map.of("threads", 3));
    assertThat(tune("--reset")).isZero();
    assertThat(new TuningFile(file()).read()).isEmpty();
    assertThat(tune("--reset")).isZero();
    assertThat(out.toString()).contains("forgotten: what was for Q", "nothing for Q");
  }

  private void put(Map<String, Integer> settings) {
    try (Model opened = Model.open(Path.of(model))) {
      TuningKey key = TuningKey.of(opened, Backends.best(Backends.candidates()));
      new TuningFile(file()).put(new TuningEntry(key, "1.2", "2026-11-22", new Tuning(settings)));
    }
  }

  @Test
  void theBenchUsesWhatWasTunedUnlessToldOtherwise() {
    put(Map.of("threads", 3, "prompt-chunk", 4, "panel-rows", 192));
    assertThat(bench()).contains("\"n_threads\":3,", "\"n_ubatch\":4,");
    assertThat(bench()).contains("tuned settings: panel-rows 192, prompt-chunk 4, threads 3");
    assertThat(bench("-t", "1", "-ub", "5")).contains("\"n_threads\":1,", "\"n_ubatch\":5,");
    assertThat(bench("--no-tuning")).contains("\"n_ubatch\":512,", "\"tuning\":\"\"");
    assertThat(bench("--set", "copy-weights=0")).contains("\"n_threads\":3,");
  }

  private String bench(String... more) {
    List<String> all =
        new ArrayList<>(List.of("-p", "8", "-n", "0", "-r", "1", "--no-bandwidth", "-o", "jsonl"));
    all.addAll(List.of(more));
    out.getBuffer().setLength(0);
    assertThat(run(all.toArray(String[]::new))).isZero();
    return out.toString();
  }

  @Test
  void aSettingThatDoesNotExistIsRefused() {
    assertThat(run("-p", "8", "-n", "0", "--no-bandwidth", "--set", "colour=1")).isEqualTo(1);
    assertThat(err.toString()).contains("setting 'colour' is not one of this backend; it has:");
  }

  @Test
  void aForeignFileIsLeftAlone() throws IOException {
    Files.writeString(file(), "{}");
    assertThat(tune("--only panel-rows")).isEqualTo(1);
    assertThat(err.toString()).contains("expected what jmr bench tune writes");
    assertThat(file()).hasContent("{}");
    assertThat(bench()).contains("warning: tuning is ignored: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "-r 2; -r: expected at least 3, got 2",
        "-t 0; -t: expected 1 to 1024, got [0]",
        "-p 0; expected at least one token",
        "--only colour; --only: expected some of [threads, copy-weights,"
      })
  void refusesWhatMakesNoSense(String arguments, String message) {
    assertThat(tune(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }
}
