package dev.jmr.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.bench.run.TestCase;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class PairsTest {
  private static final TestCase TEST = new TestCase(8, 0, 0);

  static List<Measured> rates(double... rates) {
    return DoubleStream.of(rates)
        .mapToObj(rate -> new Measured(TEST, rate, "engine", "model", 2))
        .toList();
  }

  @Test
  void comparesPairByPairAndNotMedians() {
    Pairs pairs = new Pairs(TEST, rates(10, 30, 20, 40), rates(10, 10, 20, 10));
    assertThat(pairs.ratios()).containsExactly(1.0, 3.0, 1.0, 4.0);
    assertThat(pairs.medianRatio()).isEqualTo(2);
    assertThat(pairs.smallestRatio()).isEqualTo(1);
    assertThat(pairs.largestRatio()).isEqualTo(4);
    assertThat(pairs.spread()).isCloseTo(1.5, within(1e-9));
    assertThat(pairs.ourMedian()).isEqualTo(25);
    assertThat(pairs.theirMedian()).isEqualTo(10);
  }

  @Test
  void takesTheMiddleOfAnOddNumber() {
    assertThat(new Pairs(TEST, rates(9, 1, 5), rates(1, 1, 1)).medianRatio()).isEqualTo(5);
  }
}
