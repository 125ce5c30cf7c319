package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class EmbedCommandTest {
  private static final String TEXT = "The quick brown fox jumps over the lazy dog.";

  /// Largest difference from llama.cpp, which looks GELU up in a table of half precision.
  private static final float TOLERANCE = 8e-3f;

  private static float[] golden(String key) throws IOException {
    String json = Files.readString(Jmr.model("tiny-bert-mean.json"));
    Matcher matcher = Pattern.compile("\"" + key + "\": \\[([^\\]]*)\\]").matcher(json);
    assertThat(matcher.find()).isTrue();
    return floats(matcher.group(1).split(", ", -1));
  }

  private static float[] floats(String... numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(numbers[i]);
    }
    return floats;
  }

  private static List<float[]> lines(Jmr.Result result) {
    assertThat(result.code()).as(result.err()).isZero();
    return result.out().lines().map(line -> floats(line.split(" ", -1))).toList();
  }

  private static Jmr.Result raw(String... more) {
    List<String> arguments = new ArrayList<>(List.of("embed", Jmr.BERT, "--format", "raw"));
    arguments.addAll(Arrays.asList(more));
    return Jmr.run(arguments.toArray(String[]::new));
  }

  @Test
  void givesTheNumbersOfTheReference() throws IOException {
    assertThat(lines(raw(TEXT)).getFirst())
        .containsExactly(golden("embedding_l2"), within(TOLERANCE));
    assertThat(lines(raw(TEXT, "--no-normalize")).getFirst())
        .containsExactly(golden("embedding_raw"), within(TOLERANCE));
  }

  @Test
  void writesTheListOfOpenAi() throws IOException {
    Jmr.Result result = Jmr.run("embed", Jmr.BERT, TEXT, "the fox");
    assertThat(result.err()).isEmpty();
    int numbers = 0;
    try (JsonParser json = new JsonFactory().createParser(result.out())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        numbers += token == JsonToken.VALUE_NUMBER_FLOAT ? 1 : 0;
      }
    }
    assertThat(numbers).isEqualTo(2 * 64);
    assertThat(result.out())
        .contains(
            "\"object\" : \"list\"",
            "\"object\" : \"embedding\"",
            "\"index\" : 1",
            "\"model\" : \"tiny-bert-mean\"",
            "\"prompt_tokens\" : ");
  }

  @Test
  void readsATextPerLine() {
    Jmr.Result piped =
        Jmr.runWithInput(TEXT + "\nthe fox\n", "embed", Jmr.BERT, "-", "--format", "array");
    assertThat(piped.out())
        .isEqualTo(Jmr.run("embed", Jmr.BERT, TEXT, "the fox", "--format", "array").out());
    assertThat(piped.out()).startsWith("[ [ ");
    assertThat(Jmr.runWithInput("", "embed", Jmr.BERT, "-").err())
        .contains("standard input: expected a text per line, got nothing");
  }

  @Test
  void comparesTexts() {
    List<float[]> matrix = lines(raw(TEXT, "the fox", TEXT, "--similarity"));
    assertThat(matrix).hasSize(3);
    assertThat(matrix.getFirst()[0]).isEqualTo(1, within(1e-5f));
    assertThat(matrix.getFirst()[2]).isEqualTo(1, within(1e-5f));
    assertThat(matrix.getFirst()[1]).isEqualTo(matrix.get(1)[0]).isLessThan(0.999f);
    assertThat(Jmr.run("embed", Jmr.BERT, TEXT, "--similarity").out())
        .contains("\"cosineSimilarity\" : [ [ ");
  }

  @Test
  void poolsAndCutsAsItIsTold() {
    assertThat(lines(raw(TEXT, "--dimensions", "5")).getFirst()).hasSize(5);
    assertThat(lines(raw(TEXT, "--pooling", "cls")).getFirst())
        .isNotEqualTo(lines(raw(TEXT)).getFirst());
    assertThat(lines(raw(TEXT, "--pooling", "none"))).hasSize(12);
    assertThat(raw("the fox ".repeat(100)).err()).contains("input 0: expected at most 128 tokens");
    Jmr.Result cut = raw("the fox ".repeat(100), "--truncate");
    assertThat(lines(cut)).hasSize(1);
    assertThat(cut.err()).contains("some texts were cut");
  }

  @Test
  void aModelWithoutPoolingGivesAVectorPerTokenAndSaysSo() {
    Jmr.Result result = Jmr.run("embed", Jmr.LLAMA3, "Hello", "--format", "raw");
    assertThat(lines(result)).hasSize(2);
    assertThat(result.err()).contains("the model has no pooling");
    assertThat(Jmr.run("embed", Jmr.LLAMA3, "Hello", "--similarity").err())
        .contains("--similarity: expected one vector per text, got one per token");
    assertThat(lines(Jmr.run("embed", Jmr.LLAMA3, "Hello", "--format", "raw", "--pooling", "last")))
        .hasSize(1);
  }

  @Test
  void saysWhatIsWrongWithItsOptions() {
    assertThat(raw(TEXT, "--pooling", "rank").err())
        .contains("--pooling: expected none, mean, cls or last, got rank");
    assertThat(raw(TEXT, "--dimensions", "-1").code()).isEqualTo(2);
    assertThat(raw(TEXT, "--dimensions", "65").err())
        .contains("dimensions: expected 1 to 64, got 65");
    assertThat(Jmr.run("embed", Jmr.BERT).code()).isEqualTo(2);
  }
}
