package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingParametersTest {
  private static final SamplingParameters DEFAULTS = SamplingParameters.defaults();

  @Test
  void defaultsAreThoseOfLlamaCpp() {
    assertThat(DEFAULTS)
        .hasToString(
            "SamplingParameters[temperature=0.8, topK=40, topP=0.95, minP=0.05, typicalP=1.0,"
                + " repeatPenalty=1.0, repeatLastN=64, presencePenalty=0.0, frequencyPenalty=0.0,"
                + " seed=-1]");
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, Float.NaN, Float.POSITIVE_INFINITY})
  void rejectsTemperaturesThatCannotDivide(float temperature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withTemperature(temperature))
        .withMessage("temperature: expected 0 (greedy) or more, got " + temperature);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, 1.01f, Float.NaN})
  void rejectsTopPAndTypicalPOutsideTheirRange(float p) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withTopP(p))
        .withMessage("top_p: expected more than 0, at most 1 (off), got " + p);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withTypicalP(p))
        .withMessage("typical_p: expected more than 0, at most 1 (off), got " + p);
  }

  @Test
  void rejectsEveryOtherValueOutsideItsRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withTopK(-1))
        .withMessage("top_k: expected 0 (off) or more, got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withMinP(1.5f))
        .withMessage("min_p: expected 0 (off) to 1, got 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withPenalties(0, 64, 0, 0))
        .withMessage("repeat_penalty: expected more than 0; 1 is off, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withPenalties(1, Integer.MAX_VALUE, 0, 0))
        .withMessage(
            "repeat_last_n: expected 0 (off) to 1048576, or -1 for everything, got 2147483647");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withPenalties(1, 64, Float.NaN, 0))
        .withMessageStartingWith("presence_penalty: expected a finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withPenalties(1, 64, 0, Float.NEGATIVE_INFINITY))
        .withMessageStartingWith("frequency_penalty: expected a finite number");
  }
}
