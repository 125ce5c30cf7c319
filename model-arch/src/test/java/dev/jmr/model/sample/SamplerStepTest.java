package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerStepTest {
  private static final String DEFAULT =
      "penalties;dry;top_n_sigma;top_k;typ_p;top_p;min_p;xtc;temperature";

  @Test
  void theDefaultOrderIsThatOfLlamaCpp() {
    assertThat(SamplerStep.format(SamplerStep.DEFAULT_ORDER)).isEqualTo(DEFAULT);
    assertThat(SamplerStep.parseOrder(DEFAULT)).isEqualTo(SamplerStep.DEFAULT_ORDER);
  }

  @Test
  void readsTheOtherSpellingsOfLlamaCpp() {
    assertThat(SamplerStep.parseOrder("Top-K; topp ;nucleus-".replace(";nucleus-", ";typ;temp")))
        .containsExactly(
            SamplerStep.TOP_K, SamplerStep.TOP_P, SamplerStep.TYPICAL_P, SamplerStep.TEMPERATURE);
    assertThat(SamplerStep.parseOrder("nucleus")).containsExactly(SamplerStep.TOP_P);
    assertThat(SamplerStep.parseOrder(" ")).isEmpty();
  }

  @Test
  void namesTheKnownOnesWhereOneIsUnknown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SamplerStep.parseOrder("top_k;top_q"))
        .withMessage(
            "samplers: expected names of penalties, dry, top_n_sigma, top_k, typ_p, top_p, min_p,"
                + " xtc, temperature, separated by ';', got 'top_q'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SamplerStep.parseOrder("top_k;"))
        .withMessageEndingWith("got ''");
  }

  @Test
  void refusesOneThatStandsThereTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SamplingParameters.defaults().withOrder(List.of(SamplerStep.XTC, SamplerStep.XTC)))
        .withMessage("samplers: expected each one once, got 'xtc' twice");
  }
}
