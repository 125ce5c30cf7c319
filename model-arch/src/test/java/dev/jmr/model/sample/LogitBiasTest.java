package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogitBiasTest {
  private static final SamplingParameters GREEDY = SamplingParameters.defaults().withTemperature(0);
  private static final SamplerVocabulary VOCABULARY =
      new SamplerVocabulary(5, token -> new byte[0], 1, 3);
  private static final float[] LOGITS = {1, 5, 2, 4, Float.NEGATIVE_INFINITY};

  @Test
  void isAddedBeforeEverything() {
    assertThat(token(GREEDY.withLogitBias(Map.of(2, 3.5f, 3, -1f)).withTopK(1))).isEqualTo(2);
  }

  @Test
  void rulesTokensOut() {
    assertThat(token(GREEDY.withLogitBias(Map.of(1, Float.NEGATIVE_INFINITY)))).isEqualTo(3);
  }

  @Test
  void doesNotBringBackWhatIsRuledOut() {
    assertThat(token(GREEDY.withLogitBias(Map.of(4, 100f)))).isEqualTo(1);
  }

  @Test
  void staysFiniteWhateverItsValue() {
    assertThat(token(GREEDY.withLogitBias(Map.of(0, Float.MAX_VALUE)))).isZero();
    assertThat(token(GREEDY.withTemperature(1).withLogitBias(Map.of(1, -Float.MAX_VALUE))))
        .isNotEqualTo(1);
  }

  @Test
  void ignoresTheEndOfGeneration() {
    assertThat(token(GREEDY.withIgnoreEos(true))).isEqualTo(2);
    assertThat(token(GREEDY.withIgnoreEos(true).withLogitBias(Map.of(1, 100f)))).isEqualTo(2);
  }

  @Test
  void saysWhenItRulesOutAll() {
    SamplerChain chain = new SamplerChain(GREEDY.withIgnoreEos(true), VOCABULARY);

    assertThatExceptionOfType(SamplingException.class)
        .isThrownBy(() -> chain.sample(LOGITS, 0, TokenMask.of(0b01010)))
        .withMessageStartingWith("logit_bias: expected at least one token to choose from");
  }

  @Test
  void rejectsTokensOutsideTheVocabulary() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> token(GREEDY.withLogitBias(Map.of(5, 1f))))
        .withMessage("logit_bias: expected token ids from 0 to 4, got 5");
  }

  private static int token(SamplingParameters parameters) {
    return new SamplerChain(parameters, VOCABULARY).sample(LOGITS, 0);
  }
}
