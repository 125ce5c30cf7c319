package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  @Test
  void givesThePublishedSequence() {
    SplitMix64 random = new SplitMix64(1234567);

    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
  }

  @Test
  void agreesWithTheSameAlgorithmOfTheJdk() {
    SplitMix64 random = new SplitMix64(-42);
    SplittableRandom other = new SplittableRandom(-42);

    for (int i = 0; i < 1000; i++) {
      assertThat(random.nextDouble()).isEqualTo(other.nextDouble());
    }
  }
}
