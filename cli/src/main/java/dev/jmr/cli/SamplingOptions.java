package dev.jmr.cli;

import dev.jmr.model.sample.SamplingParameters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of every command that generates: how tokens are drawn, and how many.
final class SamplingOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-n", "--max-tokens"},
      paramLabel = "N",
      description = "Tokens of an answer at most (default: until the context is full).")
  private int maxTokens;

  @Option(
      names = "--temp",
      paramLabel = "T",
      description = "Temperature; 0 always takes the likeliest token (default: 0.8).")
  private @Nullable Float temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Draw among the K likeliest tokens; 0 = all (default: 40).")
  private @Nullable Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Draw among the likeliest tokens that make up P; 1 = all (default: 0.95).")
  private @Nullable Float topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      description = "Leave out tokens less likely than P times the likeliest (default: 0.05).")
  private @Nullable Float minP;

  @Option(
      names = "--typical-p",
      paramLabel = "P",
      description = "Draw among the most typical tokens that make up P; 1 = all (default: 1).")
  private @Nullable Float typicalP;

  @Option(
      names = "--repeat-penalty",
      paramLabel = "X",
      description = "Make tokens of the last 64 less likely; 1 = off (default: 1).")
  private @Nullable Float repeatPenalty;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed draws the same answer; -1 = random (default: -1).")
  private @Nullable Long seed;

  /// @throws ParameterException if it is negative
  int maxTokens() {
    if (maxTokens < 0) {
      throw new ParameterException(
          spec.commandLine(), "--max-tokens: expected 0 (no limit) or more, got " + maxTokens);
    }
    return maxTokens;
  }

  /// @throws ParameterException if a value is outside its range
  SamplingParameters toParameters() {
    try {
      return parameters();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private SamplingParameters parameters() {
    SamplingParameters parameters = SamplingParameters.defaults();
    if (temperature != null) {
      parameters = parameters.withTemperature(temperature);
    }
    if (topK != null) {
      parameters = parameters.withTopK(topK);
    }
    if (topP != null) {
      parameters = parameters.withTopP(topP);
    }
    if (minP != null) {
      parameters = parameters.withMinP(minP);
    }
    if (typicalP != null) {
      parameters = parameters.withTypicalP(typicalP);
    }
    if (repeatPenalty != null) {
      parameters = withRepeatPenalty(parameters, repeatPenalty);
    }
    return seed == null ? parameters : parameters.withSeed(seed);
  }

  static SamplingParameters withRepeatPenalty(SamplingParameters parameters, float penalty) {
    return parameters.withPenalties(
        penalty,
        parameters.repeatLastN(),
        parameters.presencePenalty(),
        parameters.frequencyPenalty());
  }
}
