package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.sample.LogitRows.Row;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinPTest {
  static Stream<Row> rows() {
    return LogitRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void keepsTokensThatAreLikelyEnough(Row row) {
    double max = row.max();
    for (float p : new float[] {0.001f, 0.05f, 0.7f, 1}) {
      Candidates candidates = row.load();
      new MinP(p, 0).apply(candidates);

      int[] expected =
          IntStream.range(0, row.logits().length)
              .filter(id -> Math.exp(row.logits()[id] - max) >= p)
              .toArray();
      assertThat(LogitRows.sortedIds(candidates)).as("p = %s", p).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void keepsTheOrderThatIsKnown(Row row) {
    Candidates candidates = row.load();
    candidates.sort(10);
    new MinP(0.5f, 0).apply(candidates);
    candidates.sort(candidates.size());

    assertThat(LogitRows.ids(candidates))
        .isEqualTo(LogitRows.ids(row.bestFirst().stream().limit(candidates.size()).toList()));
  }
}
