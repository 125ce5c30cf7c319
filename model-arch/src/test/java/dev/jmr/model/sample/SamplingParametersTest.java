package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingParametersTest {
  private static final SamplingParameters DEFAULTS = SamplingParameters.defaults();

  @Test
  void defaultsAreThoseOfLlamaCpp() {
    assertThat(DEFAULTS)
        .hasToString(
            "SamplingParameters[temperature=0.8,"
                + " dynamicTemperature=DynamicTemperatureParameters[range=0.0, exponent=1.0],"
                + " topK=40, topP=0.95, minP=0.05, typicalP=1.0, topNSigma=-1.0,"
                + " xtc=XtcParameters[probability=0.0, threshold=0.1], minKeep=0,"
                + " penalties=PenaltyParameters[repeat=1.0, lastN=64, presence=0.0, frequency=0.0],"
                + " dry=DryParameters[multiplier=0.0, base=1.75, allowedLength=2, lastN=64,"
                + " sequenceBreakers=[\n, :, \", *]],"
                + " mirostat=MirostatParameters[version=0, tau=5.0, eta=0.1],"
                + " logitBias={}, ignoreEos=false,"
                + " order=[PENALTIES, DRY, TOP_N_SIGMA, TOP_K, TYPICAL_P, TOP_P, MIN_P, XTC,"
                + " TEMPERATURE], seed=-1]");
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
        .isThrownBy(() -> new PenaltyParameters(0, 64, 0, 0))
        .withMessage("repeat_penalty: expected more than 0; 1 is off, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PenaltyParameters(1, Integer.MAX_VALUE, 0, 0))
        .withMessage(
            "repeat_last_n: expected 0 (off) to 1048576, or -1 for everything, got 2147483647");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PenaltyParameters(1, 64, Float.NaN, 0))
        .withMessageStartingWith("presence_penalty: expected a finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PenaltyParameters(1, 64, 0, Float.NEGATIVE_INFINITY))
        .withMessageStartingWith("frequency_penalty: expected a finite number");
  }

  @Test
  void rejectsValuesOfTheFurtherSamplersOutsideTheirRange() {
    refused(
        () -> new DryParameters(-1, 1.75f, 2, 64, List.of()),
        "dry_multiplier: expected 0 (off) or more, got -1.0");
    refused(
        () -> new DryParameters(1, 0.5f, 2, 64, List.of()),
        "dry_base: expected 1 or more, got 0.5");
    refused(
        () -> new DryParameters(1, 2, -1, 64, List.of()),
        "dry_allowed_length: expected 0 or more, got -1");
    refused(
        () -> new DryParameters(1, 2, 2, -1, List.of()),
        "dry_penalty_last_n: expected 0 (off) to 1048576, got -1");
    refused(
        () -> new DryParameters(1, 2, 2, 64, List.of("")),
        "dry_sequence_breakers: expected strings of 1 to 256 characters, got one of 0");
    refused(() -> new XtcParameters(1.1f, 0.1f), "xtc_probability: expected 0 (off) to 1, got 1.1");
    refused(
        () -> new XtcParameters(1, Float.NaN),
        "xtc_threshold: expected 0 to 1, where more than 0.5 is off, got NaN");
    refused(
        () -> new DynamicTemperatureParameters(-1, 1),
        "dynatemp_range: expected 0 (off) or more, got -1.0");
    refused(
        () -> new DynamicTemperatureParameters(1, -1),
        "dynatemp_exponent: expected 0 or more, got -1.0");
    refused(() -> new MirostatParameters(3, 5, 0.1f), "mirostat: expected 0 (off), 1 or 2, got 3");
    refused(
        () -> new MirostatParameters(1, -5, 0.1f), "mirostat_tau: expected 0 or more, got -5.0");
    refused(
        () -> new MirostatParameters(1, 5, Float.NaN), "mirostat_eta: expected 0 or more, got NaN");
    refused(
        () -> DEFAULTS.withTopNSigma(Float.NaN),
        "top_n_sigma: expected a finite number; 0 or less is off, got NaN");
    refused(() -> DEFAULTS.withMinKeep(-1), "min_keep: expected 0 or more, got -1");
    refused(
        () -> DEFAULTS.withLogitBias(Map.of(-1, 1f)),
        "logit_bias: expected token ids from 0 on, got -1");
    refused(
        () -> DEFAULTS.withLogitBias(Map.of(7, Float.NaN)),
        "logit_bias of token 7: expected a finite number, or -Infinity to rule it out, got NaN");
  }

  private static void refused(ThrowingCallable making, String message) {
    assertThatIllegalArgumentException().isThrownBy(making).withMessage(message);
  }
}
