package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.sample.LogitRows.Row;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinKeepTest {
  static Stream<Row> rows() {
    return LogitRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isLeftByEverySamplerThatCutsByProbability(Row row) {
    for (int minKeep : new int[] {2, 5, 64, 100}) {
      for (Sampler sampler :
          List.of(new TopP(0.01f, minKeep), new MinP(1, minKeep), new TypicalP(0.001f, minKeep))) {
        Candidates candidates = row.load();
        int least = Math.min(minKeep, candidates.size());
        sampler.apply(candidates);

        assertThat(candidates.size()).as("%s", sampler).isGreaterThanOrEqualTo(least);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTheBestOnes(Row row) {
    Candidates candidates = row.load();
    new MinP(1, 3).apply(candidates);
    candidates.sort(3);

    assertThat(LogitRows.ids(candidates))
        .startsWith(LogitRows.ids(row.bestFirst().stream().limit(3).toList()));
  }
}
