package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogitsCommandTest {
  private static final float TOLERANCE = 2e-3f;

  private static List<double[]> logits(String text) throws IOException {
    List<double[]> rows = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      while (!"logits".equals(json.nextFieldName())) {
        assertThat(json.hasCurrentToken()).isTrue();
      }
      json.nextToken();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        rows.add(Golden.numbers(json));
      }
    }
    return rows;
  }

  @Test
  void agreesWithTheReferenceWithIdsAndWithText() throws IOException {
    Golden golden = Golden.read("tiny-llama3-bpe.json");
    String byIds = Jmr.run("logits", Jmr.LLAMA3, "--ids", golden.ids(), "--json").out();
    double[] last = logits(byIds).getFirst();
    assertThat(last).hasSameSizeAs(golden.logitsLast());
    for (int i = 0; i < last.length; i++) {
      assertThat((float) last[i]).isCloseTo(golden.logitsLast()[i], within(TOLERANCE));
    }
    assertThat(Jmr.run("logits", Jmr.LLAMA3, "--prompt", golden.prompt(), "--json").out())
        .isEqualTo(byIds);
  }

  @Test
  void allGivesOneRowForEachToken() throws IOException {
    List<double[]> rows =
        logits(Jmr.run("logits", Jmr.LLAMA3, "--ids", "379,282,342", "--all", "--json").out());
    assertThat(rows).hasSize(3);
    double[] last =
        logits(Jmr.run("logits", Jmr.LLAMA3, "--ids", "379,282,342", "--json").out()).getFirst();
    assertThat(rows.getLast()).containsExactly(last, within(1e-3));
  }

  @Test
  void listsTheLikeliestWithTheirProbabilities() {
    Jmr.Result result = Jmr.run("logits", Jmr.LLAMA3, "--ids", "1,2,3", "--top", "2");
    assertThat(result.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("after position 2, token 3 "),
            line -> assertThat(line).matches(" +119 +6\\.40\\d+ +14\\.\\d+%  \"w\""),
            line -> assertThat(line).matches(" +94 +5\\.80\\d+ +7\\.\\d+%  \"\\^\""));
  }

  @Test
  void refusesTokensThatDoNotExist() {
    assertThat(Jmr.run("logits", Jmr.LLAMA3, "--ids", "384").err())
        .isEqualTo("jmr: token id: expected 0 to 383, got 384" + System.lineSeparator());
    assertThat(Jmr.run("logits", Jmr.LLAMA3).code()).isEqualTo(2);
    assertThat(Jmr.run("logits", Jmr.LLAMA3, "--ids", "1", "--prompt", "x").code()).isEqualTo(2);
  }
}
