package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.sample.LogitRows.Row;
import dev.jmr.model.sample.LogitRows.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypicalPTest {
  static Stream<Row> rows() {
    return LogitRows.all();
  }

  /// A token, its share of the total weight, and how far its surprise is from the entropy.
  private record Surprise(Token token, double weight, double distance) {}

  @ParameterizedTest
  @MethodSource("rows")
  void keepsTheMostTypicalUntilTheyExceedTheProbability(Row row) {
    for (float p : new float[] {0.01f, 0.5f, 0.95f}) {
      Candidates candidates = row.load();
      new TypicalP(p, 0).apply(candidates);

      assertThat(LogitRows.sortedIds(candidates)).as("p = %s", p).isEqualTo(expected(row, p));
    }
  }

  @Test
  void mayDropTheMostLikelyToken() {
    // One token with probability 0.3 and seventy with 0.01: a surprise of 4.6 is the usual one,
    // that of the first is 1.2.
    float[] logits = new float[71];
    logits[0] = (float) Math.log(30);
    Candidates candidates = new Row("one of 71", logits).load();
    new TypicalP(0.5f, 0).apply(candidates);

    assertThat(LogitRows.ids(candidates)).hasSize(51).doesNotContain(0);
  }

  private static int[] expected(Row row, double p) {
    List<Token> tokens = row.bestFirst();
    double total = row.totalWeight();
    double max = row.max();
    double entropy = 0;
    for (Token token : tokens) {
      double probability = Math.exp(token.logit() - max) / total;
      entropy -= probability > 0 ? probability * Math.log(probability) : 0;
    }
    List<Surprise> surprises = new ArrayList<>();
    for (Token token : tokens) {
      double weight = Math.exp(token.logit() - max);
      double surprise = Math.log(total) - (token.logit() - max);
      // Rounded to a float: tokens of one logit must tie, and rounding must not decide between
      // neighbours.
      surprises.add(new Surprise(token, weight, (float) Math.abs(surprise - entropy)));
    }
    surprises.sort(
        Comparator.comparingDouble(Surprise::distance).thenComparingInt(s -> s.token().id()));
    double reached = 0;
    List<Token> kept = new ArrayList<>();
    for (Surprise surprise : surprises) {
      if (reached > p * total) {
        break;
      }
      reached += surprise.weight();
      kept.add(surprise.token());
    }
    int[] ids = LogitRows.ids(kept);
    Arrays.sort(ids);
    return ids;
  }
}
