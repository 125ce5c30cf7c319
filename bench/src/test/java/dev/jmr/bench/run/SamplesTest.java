package dev.jmr.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SamplesTest {
  @Test
  void averagesRatesAndNotTimes() {
    Samples samples = new Samples(new long[] {1_000_000_000, 2_000_000_000}, 100);
    assertThat(samples.averageNanos()).isEqualTo(1.5e9);
    assertThat(samples.averageRate()).isEqualTo(75);
    assertThat(samples.deviationRate()).isCloseTo(Math.sqrt(1250), within(1e-9));
    assertThat(samples.deviationNanos()).isCloseTo(Math.sqrt(0.5) * 1e9, within(1e-3));
  }

  @Test
  void hasNoDeviationWithOneSample() {
    assertThat(new Samples(new long[] {5}, 1).deviationRate()).isZero();
  }
}
