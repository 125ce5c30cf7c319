package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DynamicTemperatureTest {
  private static final Offset<Double> NEAR = within(1e-5);

  @Test
  void isTheHottestWhereAllAreAlike() {
    Candidates candidates = LogitRows.ofProbabilities(0.25, 0.25, 0.25, 0.25);
    new DynamicTemperature(1, new DynamicTemperatureParameters(0.5f, 1)).apply(candidates);

    assertThat(LogitRows.probabilities(candidates, 4)).containsOnly(new double[] {0.25}, NEAR);
  }

  /// Entropy 1.2799 of at most 1.3863, a share of 0.92322; temperature 0.5 + share = 1.42322, so p^(1 / 1.42322).
  @Test
  void followsTheEntropy() {
    Candidates candidates = LogitRows.ofProbabilities(0.1, 0.2, 0.3, 0.4);
    new DynamicTemperature(1, new DynamicTemperatureParameters(0.5f, 1)).apply(candidates);

    assertThat(LogitRows.probabilities(candidates, 4))
        .containsExactly(new double[] {0.134408, 0.218745, 0.290847, 0.356001}, within(1e-5));
  }

  @Test
  void isGreedyWhereTheColdestIsZeroAndTheModelCertain() {
    Candidates candidates = new LogitRows.Row("certain", 0, 1000, -5).load();
    new DynamicTemperature(0.5f, new DynamicTemperatureParameters(0.5f, 1)).apply(candidates);

    assertThat(LogitRows.ids(candidates)).containsExactly(1);
  }

  @Test
  void aloneNothingChanges() {
    Candidates candidates = LogitRows.ofProbabilities(1);
    new DynamicTemperature(1, new DynamicTemperatureParameters(0.5f, 1)).apply(candidates);

    assertThat(candidates.logit(0)).isZero();
  }
}
