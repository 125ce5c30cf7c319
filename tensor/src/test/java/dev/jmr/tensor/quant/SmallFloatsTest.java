package dev.jmr.tensor.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallFloatsTest {
  @Test
  void doublesEveryFourBitFloat() {
    assertThat(IntStream.range(0, 16).map(SmallFloats::doubledE2M1))
        .containsExactly(0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12);
  }

  @Test
  void halvesPowersOfTwoDownToTheSubnormal() {
    assertThat(SmallFloats.halvedE8M0(127)).isEqualTo(0.5f);
    assertThat(SmallFloats.halvedE8M0(255)).isEqualTo(0x1p127f);
    assertThat(SmallFloats.halvedE8M0(0)).isEqualTo(0x1p-128f);
  }

  @Test
  void halvesEightBitFloats() {
    assertThat(SmallFloats.halvedE4M3(0x38)).isEqualTo(0.5f);
    assertThat(SmallFloats.halvedE4M3(0x01)).isEqualTo(0x1p-10f);
    assertThat(SmallFloats.halvedE4M3(0x7e)).isEqualTo(224f);
    assertThat(SmallFloats.halvedE4M3(0x7f)).isZero();
    assertThat(SmallFloats.halvedE4M3(0xff)).isEqualTo(240f);
  }
}
