package dev.jmr.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PercentilesTest {
  @Test
  void areMeasuredValuesOfTheNearestRank() {
    List<Long> nanos =
        LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000_000).boxed().toList();
    assertThat(Percentiles.ofNanos(nanos)).isEqualTo(new Percentiles(100, 180, 198));
    assertThat(Percentiles.ofNanos(List.of(2_000_000_000L))).isEqualTo(new Percentiles(2, 2, 2));
  }

  @Test
  void ofNothingAreNoNumbers() {
    assertThat(Percentiles.ofNanos(List.of()))
        .isEqualTo(new Percentiles(Double.NaN, Double.NaN, Double.NaN));
  }
}
