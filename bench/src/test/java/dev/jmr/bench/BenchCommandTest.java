package dev.jmr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.bench.serving.ServedModels;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class BenchCommandTest {
  private static final String QUICK = "--no-warmup --no-bandwidth";

  @TempDir private static Path folder;
  private static String dense = "";
  private static String experts = "";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void writeModels() {
    dense = model("tiny", WeightMixture.Q4_K_M);
    experts = model("mixtral-tiny", WeightMixture.Q8_0);
  }

  private static String model(String shape, WeightMixture mixture) {
    Path file = folder.resolve(shape + ".gguf");
    new SyntheticModel(ModelShape.named(shape), mixture, 1).write(file);
    return file.toString();
  }

  private int bench(String models, String arguments) {
    List<String> all = new ArrayList<>(List.of("-m", models));
    all.addAll(List.of(arguments.split(" ", -1)));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    CommandLine commandLine =
        new CommandLine(new BenchCommand(ModelLocator.PATHS, ServedModels.NONE));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  private List<String> rows() {
    return out.toString().lines().filter(line -> line.startsWith("|")).skip(2).toList();
  }

  private static String cell(String row, int index) {
    return row.split("\\|", -1)[index].strip();
  }

  @Test
  void measuresEveryCombinationInTheOrderOfLlamaBench() {
    assertThat(bench(dense + "," + experts, "-p 40,8 -n 3 -pg 4,2 -d 0 -d 33 -t 1,2 -r 1 " + QUICK))
        .isZero();
    assertThat(rows()).hasSize(2 * 2 * 2 * 4);
    assertThat(rows().subList(0, 8))
        .extracting(row -> cell(row, 6))
        .containsExactly(
            "pp40",
            "pp8",
            "tg3",
            "pp4+tg2",
            "pp40 @ d33",
            "pp8 @ d33",
            "tg3 @ d33",
            "pp4+tg2 @ d33");
    assertThat(rows()).extracting(row -> cell(row, 5)).startsWith("1").endsWith("2");
    assertThat(rows().getFirst()).contains("| llama 1.4M Q4_K - Medium ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void measuresMemoryFirstAndReportsTheShare() {
    assertThat(bench(dense, "-p 4 -n 2 -r 2 -t 1 --progress")).isZero();
    assertThat(out.toString())
        .contains("GB/s of weights,", "of what memory gives", "memory reads", "first token after");
    assertThat(err.toString()).contains("bench: 1/2: pp4: warm-up", "bench: 2/2: tg2: run 2/2");
  }

  @Test
  void runsOnTheBackendThatIsAskedFor() {
    assertThat(
            bench(dense, "-p 2 -n 0 -r 1 --backend reference,cpu -ctk f32 -b 1 -o jsonl " + QUICK))
        .isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).contains("\"backends\":\"reference\"", "\"type_k\":\"f32\""),
            line -> assertThat(line).contains("\"backends\":\"cpu\"", "\"n_batch\":1,"));
  }

  @Test
  void tellsWhereTheTimeGoes() {
    assertThat(bench(experts, "-p 0 -n 0 -pg 9,3 -r 2 --profile " + QUICK)).isZero();
    assertThat(out.toString())
        .contains("profile of pp9+tg3: prompt of 18 tokens in")
        .contains("profile of pp9+tg3: generation of 6 tokens in")
        .contains("| mixtureOfExperts/expertDown  | blk.*.ffn_down", "| (outside operations) ");
    assertThat(bench(dense, "-p 0 -n 2 -r 1 --profile=each " + QUICK)).isZero();
    assertThat(out.toString()).contains("| blk.1.attn_q+attn_k+attn_v ");
  }

  private int compare(String more, String... mode) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = Path.of("target", "test-classes").toAbsolutePath().toString();
    List<String> all = new ArrayList<>(List.of("-m", dense, "-r", "2", "--no-warmup"));
    all.addAll(List.of(more.split(" ", -1)));
    all.add("--compare");
    all.add(
        "'%s' -cp '%s' dev.jmr.bench.compare.FakeLlamaBench %s"
            .formatted(java, classes, String.join(" ", mode)));
    return run(all.toArray(String[]::new));
  }

  @Test
  void comparesWithAnotherEngineInPairs() {
    assertThat(compare("-p 4 -n 2 -d 8 -t 1 --progress")).isZero();
    assertThat(rows()).extracting(row -> cell(row, 3)).containsExactly("pp4 @ d8", "tg2 @ d8");
    assertThat(rows()).extracting(row -> cell(row, 5)).containsExactly("0.50", "0.50");
    assertThat(rows())
        .allSatisfy(row -> assertThat(cell(row, 10).split(" ", -1)).as("ratios").hasSize(2));
    assertThat(out.toString()).contains("ours: jmr cpu, llama 1.4M", "theirs: fake CPU, fake 1B");
    assertThat(err.toString()).contains("bench: tg2 @ d8: pair 2/2: ", " and 0.50 t/s");
  }

  @Test
  void comparesAsJsonToo() {
    assertThat(compare("-p 4 -n 0 -o json")).isZero();
    assertThat(out.toString())
        .contains("\"test\" : \"pp4\"", "\"ratio_median\" : ", "\"samples_ts\" : [ 0.5, 0.5 ]");
    assertThat(compare("-p 4 -n 0 -o csv")).isEqualTo(2);
    assertThat(err.toString()).contains("expected md or json with --compare");
  }

  @Test
  void saysWhatTheOtherEngineSaidWhenItFails() {
    assertThat(compare("-p 4 -n 0", "fail")).isEqualTo(1);
    assertThat(err.toString()).contains("ended with exit code 3", "error: no such model");
    assertThat(compare("-p 4 -n 0", "table")).isEqualTo(1);
    assertThat(err.toString()).contains("expected llama-bench's JSON", "got: | model | size |");
    assertThat(compare("-p 4 -n 0", "-p 5 -n 0")).isEqualTo(1);
    assertThat(err.toString()).contains("expected a result for pp4, got pp5");
  }

  @Test
  void ignoresWhatChangesNothingHereAndSaysSo() {
    assertThat(bench(dense, "-p 2 -n 0 -r 1 -ngl 99 -fa 1 " + QUICK)).isZero();
    assertThat(err.toString())
        .contains("note: -ngl is ignored: layers are all on one device", "note: -fa is ignored");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "-p 0 -n 0; expected a test, got only 0",
        "-p five; expected numbers up to",
        "-pg 5; expected P,G",
        "-r 0; -r: expected at least 1, got 0",
        "-b 0; -b: expected at least 1, got 0",
        "-t 2000; -t: expected at most 1024, got 2000",
        "-ctk q8_0; -ctk: expected f16 or f32, got 'q8_0'",
        "-ctv f32; keys and values have one type here",
        "-hf someone/model; -hf: not an option of jmr bench: expected a local file; -m FILE",
        "-o sql; expected one of"
      })
  void refusesWhatMakesNoSense(String arguments, String message) {
    assertThat(bench(dense, arguments)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void needsAModelThatExists() {
    assertThat(run("-p", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("-m: expected at least one model");
    assertThat(bench(folder.resolve("none.gguf").toString(), "-r 1")).isEqualTo(1);
    assertThat(err.toString()).contains("none.gguf: expected a GGUF file, got nothing");
  }
}
