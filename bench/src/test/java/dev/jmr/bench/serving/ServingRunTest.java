package dev.jmr.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.bench.BenchCommand;
import dev.jmr.bench.ModelLocator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// `bench MODEL`, with a model that answers at once.
@Timeout(60)
final class ServingRunTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private ScriptedModel model = new ScriptedModel(0, 0);

  private int bench(String... arguments) {
    CommandLine commandLine =
        new CommandLine(
            new BenchCommand(
                ModelLocator.PATHS,
                (name, parallel) -> {
                  assertThat(name).isEqualTo("ai/x");
                  assertThat(parallel).isEqualTo(4);
                  return model;
                }));
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  private int brief(String... more) {
    List<String> all = new java.util.ArrayList<>(List.of("ai/x", "--duration", "1ms"));
    all.addAll(List.of("--concurrency", "1,4"));
    all.addAll(List.of(more));
    return bench(all.toArray(String[]::new));
  }

  @Test
  void writesALinePerNumberOfClients() {
    assertThat(brief()).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines())
        .hasSize(4)
        .first()
        .isEqualTo("scripted: 3 tokens of prompt, 0 s each; seconds at p50/p90/p99");
    String number = "[0-9]+\\.[0-9]+";
    String times = "0\\.[0-9]{2}/0\\.[0-9]{2}/0\\.[0-9]{2}";
    assertThat(out.toString().lines().toList().get(3))
        .matches("4 +[0-9]+ +0 +%s +%s +%s +%s".formatted(number, number, times, times));
    assertThat(model.closed).isTrue();
    assertThat(model.running).hasValue(0);
  }

  @Test
  void writesTheFieldsOfDockersCommandAndOursBehindThem() {
    assertThat(brief("--json", "--prompt", "Hi")).isZero();
    String json = out.toString();
    assertThat(json)
        .startsWith("{\n    \"model\" : \"ai/x\",\n    \"prompt\" : \"Hi\",\n    \"results\" : [")
        .containsSubsequence(
            "\"Concurrency\" : 1",
            "\"MeanRPS\" : ",
            "\"TotalTokens\" : ",
            "\"TPS\" : ",
            "\"TotalTime\" : ",
            "\"Requests\" : ",
            "\"TokenCounts\" : [",
            "\"Failed\" : 0",
            "\"FirstTokenSeconds\" : {",
            "\"p50\" : ",
            "\"AnswerSeconds\" : {",
            "\"Concurrency\" : 4");
  }

  @Test
  void countsQuestionsThatFailAndSaysWhy() {
    model = new ScriptedModel(2, 3);
    assertThat(brief("--timeout", "50ms")).isZero();
    assertThat(err.toString())
        .contains("questions failed, the last with: ")
        .containsAnyOf("no more today", "--timeout: expected an answer within 50 ms, got none");
    assertThat(model.running).hasValue(0);
  }

  @Test
  void failsIfTheFirstQuestionDoes() {
    model = new ScriptedModel(1, 0);
    assertThat(brief()).isNotZero();
    assertThat(err.toString()).contains("no more today");
    assertThat(out.toString()).isEmpty();
    assertThat(model.asked).hasValue(1);
    assertThat(model.closed).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ai/x -n 5,--n-gen: expected none beside MODEL; 'bench -m FILE --n-gen …' measures in this process",
    "-m f --json,'--json: expected MODEL to be asked, as in ''bench MODEL --json …'', got none'",
    "--duration 1s,--duration: expected MODEL to be asked",
    "ai/x --concurrency 0,'--concurrency: expected 1 to 1024, got 0'",
    "ai/x --max-tokens -1,'--max-tokens: expected 0 (no limit) or more, got -1'",
    "ai/x --duration 30,'expected a time such as 30s, 1m30s or 500ms, got ''30'''",
    "ai/x ai/y,ai/y"
  })
  void refusesWhatMakesNoSense(String line, String message) {
    assertThat(bench(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).isEmpty();
    assertThat(model.asked).hasValue(0);
  }
}
