package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.jmr.gguf.GgufValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PerplexityCommandTest {
  private static final String TEXT =
      "The ferry is late again. Nobody minds, since the kettle on the quay is warm and the gulls are quiet.\n";

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void writeText() throws IOException {
    file = Files.writeString(folder.resolve("ferry.txt"), TEXT.repeat(3));
  }

  private Jmr.Result run(String... more) {
    return runOn(Jmr.LLAMA3, file.toString(), more);
  }

  private static Jmr.Result runOn(String model, String text, String... more) {
    List<String> line = new ArrayList<>(List.of("perplexity", "-m", model, "-f", text));
    line.addAll(Arrays.asList(more));
    return Jmr.run(line.toArray(String[]::new));
  }

  /// The scalar fields, and the estimates under their indices.
  private static Map<String, String> fields(String text) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.START_ARRAY) {
          double[] numbers = Golden.numbers(json);
          for (int i = 0; i < numbers.length; i++) {
            fields.put(name + i, Double.toString(numbers[i]));
          }
        } else {
          fields.put(name, json.getText());
        }
      }
    }
    return fields;
  }

  private static void assertFails(Jmr.Result result, int code, String message) {
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().findFirst().orElse("")).isEqualTo("jmr: " + message);
    assertThat(result.err()).doesNotContain("\tat ");
  }

  @Test
  void writesWhatLlamaPerplexityWrites() {
    Jmr.Result result = run("-c", "32", "--chunks", "3");
    assertThat(result.code()).isZero();
    assertThat(result.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("\\[1]\\d+\\.\\d{4},\\[2]\\d+\\.\\d{4},\\[3]\\d+\\.\\d{4},"),
            line ->
                assertThat(line)
                    .matches("Final estimate: PPL = \\d+\\.\\d{4} \\+/- \\d+\\.\\d{5}"));
    String last = result.out().replaceAll("(?s).*\\[3]([0-9.]+),.*", "$1");
    assertThat(result.out()).contains("Final estimate: PPL = " + last + " ");
    assertThat(result.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("jmr: \\d+ tokens, 3 chunks of 32; \\w+: .+"),
            line ->
                assertThat(line)
                    .matches(
                        "jmr: \\d+\\.\\d\\d seconds for the first chunk, about \\d+\\.\\d\\d minutes for all"));
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    String text = run("-c", "32", "-ctk", "f32", "--backend", "reference").out();
    Map<String, String> fields =
        fields(run("-c", "32", "-ctk", "f32", "--backend", "reference", "--json").out());
    assertThat(text)
        .contains(
            String.format(
                Locale.ROOT,
                "PPL = %.4f +/- %.5f",
                Double.valueOf(fields.get("perplexity")),
                Double.valueOf(fields.get("uncertainty"))));
    int chunks = Integer.parseInt(fields.get("tokens")) / 32;
    assertThat(fields)
        .containsEntry("estimates" + (chunks - 1), fields.get("perplexity"))
        .doesNotContainKey("estimates" + chunks)
        .containsEntry("scoredTokens", Integer.toString(chunks * 15))
        .containsEntry("contextLength", "32")
        .containsEntry("cacheType", "F32")
        .containsEntry("text", file.toString());
    assertThat(fields.get("backend")).startsWith("reference: ");
  }

  @Test
  void readsTheStandardInput() {
    Jmr.Result piped =
        Jmr.runWithInput(TEXT.repeat(3), "perplexity", "-m", Jmr.LLAMA3, "-f", "-", "-c", "32");
    assertThat(piped.out()).isEqualTo(run("-c", "32").out()).contains("Final estimate");
  }

  @Test
  void aStrideScoresEveryTokenWithMoreBeforeIt() throws IOException {
    Map<String, String> fields = fields(run("-c", "32", "--ppl-stride", "8", "--json").out());
    int chunks = Math.ceilDiv(Integer.parseInt(fields.get("tokens")) - 32, 8);
    assertThat(fields).containsEntry("scoredTokens", Integer.toString(chunks * 8));
  }

  @Test
  void aContextBeyondTheTrainedOneIsAWarning() {
    Path model = TestModels.with(folder, "llama.context_length", GgufValue.uint32(16));
    Jmr.Result result = runOn(model.toString(), file.toString(), "-c", "32");
    assertThat(result.code()).isZero();
    assertThat(result.err())
        .contains(
            "jmr: warning: -c 32 is more than the 16 tokens that the model was trained with; expect a worse result");
  }

  @Test
  void refusesATextThatIsNotThere() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    assertFails(runOn(Jmr.SPM, "missing.txt"), 1, "missing.txt: no such file");
    assertFails(
        runOn(Jmr.SPM, folder.toString()), 1, folder + ": expected a text file, got a directory");
    assertFails(runOn(Jmr.SPM, empty.toString()), 1, empty + ": expected a text, got nothing");
    assertFails(runOn(Jmr.SPM, "-"), 1, "standard input: expected a text, got nothing");
  }

  @Test
  void refusesATextThatIsTooShort() {
    Jmr.Result result = run();
    assertThat(result.err())
        .matches(
            "(?s)jmr: text: expected at least 1024 tokens, twice the context of 512, got \\d+; use a longer text or a smaller context \\(-c\\)\\R");
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-c 1 | context: expected at least 3 tokens, got 1",
        "-c -5 | context: expected at least 3 tokens, got -5",
        "-b 0 | batch tokens: expected at least 1, got 0",
        "--ppl-stride 512 | stride: expected 0 (none) to 511, one less than the context, got 512",
        "-t 5000 | --threads: expected 0 (automatic) to 1024, got 5000",
        "-ctk q4_0 | invalid value for option '--cache-type': expected one of [F16, Q8_0, F32] (case-insensitive) but was 'q4_0'"
      })
  void refusesOptionsThatMakeNoSense(String options, String message) {
    assertFails(run(options.split(" ", -1)), 2, message);
  }

  @Test
  void needsAModelAndAText() {
    assertThat(Jmr.run("perplexity", "-f", file.toString()).err()).contains("--model");
    assertThat(Jmr.run("perplexity", "-m", Jmr.SPM).err()).contains("--file");
  }
}
