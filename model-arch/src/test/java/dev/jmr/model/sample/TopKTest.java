package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.sample.LogitRows.Row;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopKTest {
  static Stream<Row> rows() {
    return LogitRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void keepsTheBestInOrder(Row row) {
    for (int k : new int[] {1, 2, 32, 40, 5000}) {
      Candidates candidates = row.load();
      new TopK(k).apply(candidates);
      candidates.sort(k);

      assertThat(LogitRows.ids(candidates))
          .as("k = %d", k)
          .isEqualTo(LogitRows.ids(row.bestFirst().stream().limit(k).toList()));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void sortsTheWholeRowInSteps(Row row) {
    Candidates candidates = row.load();
    for (int count = 1; count < candidates.size(); count *= 7) {
      assertThat(candidates.sort(count)).isEqualTo(count);
    }
    candidates.sort(candidates.size());

    assertThat(LogitRows.ids(candidates)).isEqualTo(LogitRows.ids(row.bestFirst()));
  }
}
