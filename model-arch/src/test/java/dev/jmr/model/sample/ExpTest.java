package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpTest {
  @Test
  void isWithinABillionthOfTheExponential() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      double x = -104 + 110 * random.nextDouble();
      assertThat(Exp.exp(x) / Math.exp(x)).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void isExactAtZeroAndNothingFarBelow() {
    assertThat(Exp.exp(0)).isEqualTo(1);
    assertThat(Exp.exp(-104.01)).isZero();
    assertThat(Exp.exp(Double.NEGATIVE_INFINITY)).isZero();
  }
}
