package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.sample.LogitRows.Row;
import dev.jmr.model.sample.LogitRows.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopPTest {
  static Stream<Row> rows() {
    return LogitRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void keepsTheBestUntilTheyReachTheProbability(Row row) {
    for (float p : new float[] {0.01f, 0.5f, 0.95f}) {
      Candidates candidates = row.load();
      new TopP(p, 0).apply(candidates);

      assertThat(LogitRows.ids(candidates)).as("p = %s", p).isEqualTo(expected(row, p));
    }
  }

  private static int[] expected(Row row, double p) {
    double total = row.totalWeight();
    double max = row.max();
    double reached = 0;
    List<Token> kept = new ArrayList<>();
    for (Token token : row.bestFirst()) {
      if (reached >= p * total) {
        break;
      }
      reached += Math.exp(token.logit() - max);
      kept.add(token);
    }
    return LogitRows.ids(kept);
  }
}
