package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.model.sample.LogitRows.Row;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemperatureTest {
  static Stream<Row> rows() {
    return LogitRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void scalesTheDistancesBetweenLogits(Row row) {
    double rowMax = row.max();
    for (float temperature : new float[] {0.1f, 0.8f, 1.5f}) {
      Candidates candidates = row.load();
      new Temperature(temperature).apply(candidates);

      double max = candidates.maxLogit();
      for (int i = 0; i < candidates.size(); i++) {
        double expected = (row.logits()[candidates.id(i)] - rowMax) / temperature;
        if (Math.abs(candidates.logit(i) - max - expected) > 1e-6 * Math.abs(expected)) {
          assertThat(candidates.logit(i) - max).isCloseTo(expected, within(1e-6));
        }
      }
    }
  }

  @Test
  void aTinyTemperatureLeavesTheBestTokenAndNoNaN() {
    Candidates candidates = new Row("three", new float[] {80, 90, -90}).load();
    new Temperature(Float.MIN_VALUE).apply(candidates);

    assertThat(candidates.softmax()).isEqualTo(1);
    assertThat(candidates.weight(1)).isEqualTo(1);
  }
}
