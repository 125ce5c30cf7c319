package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.sample.LogitRows.Row;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopNSigmaTest {
  static Stream<Row> rows() {
    return LogitRows.all();
  }

  /// Logits -2.303, -1.609, -1.204, -0.916: mean -1.508, deviation 0.520; one below the greatest is -1.436.
  @Test
  void keepsWhatIsWithinOneDeviationOfTheBest() {
    assertThat(kept(1)).containsExactly(2, 3);
  }

  @Test
  void keepsAllWithinThree() {
    assertThat(kept(3)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void keepsOnlyTheBestWithinNextToNothing() {
    assertThat(kept(Float.MIN_VALUE)).containsExactly(3);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithItsDefinition(Row row) {
    double[] logits = row.bestFirst().stream().mapToDouble(LogitRows.Token::logit).toArray();
    double mean = Arrays.stream(logits).average().orElseThrow();
    double variance =
        Arrays.stream(logits).map(logit -> (logit - mean) * (logit - mean)).average().orElseThrow();
    for (float n : new float[] {0.3f, 1, 2.5f}) {
      double least = row.max() - n * Math.sqrt(variance);
      Candidates candidates = row.load();
      new TopNSigma(n).apply(candidates);

      IntPredicate clear = id -> Math.abs(row.logits()[id] - least) > 1e-9;
      assertThat(Arrays.stream(LogitRows.sortedIds(candidates)).filter(clear).toArray())
          .as("n = %s", n)
          .isEqualTo(
              IntStream.range(0, row.logits().length)
                  .filter(clear)
                  .filter(id -> row.logits()[id] > least)
                  .toArray());
    }
  }

  private static int[] kept(float n) {
    Candidates candidates = LogitRows.ofProbabilities(0.1, 0.2, 0.3, 0.4);
    new TopNSigma(n).apply(candidates);
    return LogitRows.sortedIds(candidates);
  }
}
