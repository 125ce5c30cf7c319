package dev.jmr.cli;

import dev.jmr.model.sample.SamplerStep;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.StopConditions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of every command that generates: how tokens are drawn, and how many. Names are llama.cpp's.
final class SamplingOptions {
  private static final SamplingParameters DEFAULTS = SamplingParameters.defaults();

  private static final Pattern LOGIT_BIAS =
      Pattern.compile("(\\d{1,9})([+-](?:inf|\\d{1,9}(?:\\.\\d{1,9})?))");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-n", "--max-tokens"},
      paramLabel = "N",
      description = "Tokens of an answer at most (default: until the context is full).")
  private int maxTokens;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "End an answer before TEXT; can be given several times.")
  private List<String> stop = List.of();

  @Option(
      names = "--temp",
      paramLabel = "T",
      description = "Temperature; 0 always takes the likeliest token (default: 0.8).")
  private float temperature = DEFAULTS.temperature();

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Draw among the K likeliest tokens; 0 = all (default: 40).")
  private int topK = DEFAULTS.topK();

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Draw among the likeliest tokens that make up P; 1 = all (default: 0.95).")
  private float topP = DEFAULTS.topP();

  @Option(
      names = "--min-p",
      paramLabel = "P",
      description = "Leave out tokens less likely than P times the likeliest (default: 0.05).")
  private float minP = DEFAULTS.minP();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed draws the same answer; -1 = random (default: -1).")
  private long seed = DEFAULTS.seed();

  @Option(
      names = "--samplers",
      paramLabel = "NAMES",
      description = {
        "Order of the samplers; what is not named is not applied (default: ",
        "penalties;dry;top_n_sigma;top_k;typ_p;top_p;min_p;xtc;temperature)."
      })
  private String samplers = SamplerStep.format(DEFAULTS.order());

  @Option(
      names = {"-l", "--logit-bias"},
      paramLabel = "ID+BIAS",
      description = "Make token ID likelier, or less likely with ID-BIAS; ID-inf rules it out.")
  private List<String> logitBias = List.of();

  @Option(names = "--ignore-eos", description = "Rule out the tokens that end an answer.")
  private boolean ignoreEos;

  @Mixin private RepetitionOptions repetition = new RepetitionOptions();

  @Mixin private FurtherSamplingOptions further = new FurtherSamplingOptions();

  /// @throws ParameterException if it is negative
  int maxTokens() {
    if (maxTokens < 0) {
      throw new ParameterException(
          spec.commandLine(), "--max-tokens: expected 0 (no limit) or more, got " + maxTokens);
    }
    return maxTokens;
  }

  /// @throws ParameterException if a string cannot be one to stop at
  StopConditions stop() {
    return checked(() -> new StopConditions(stop, Set.of(), false));
  }

  /// @param usual what counts for the model where the command line does not say, by names of the API such as `temperature`
  /// @throws ParameterException if a value is outside its range
  SamplingParameters toParameters(Map<String, Double> usual) {
    return checked(() -> parameters(usual));
  }

  private <T> T checked(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private double value(String option, double value, String name, Map<String, Double> usual) {
    boolean given = spec.commandLine().getParseResult().hasMatchedOption(option);
    return given ? value : usual.getOrDefault(name, value);
  }

  private SamplingParameters parameters(Map<String, Double> usual) {
    return further.addTo(
        DEFAULTS
            .withTemperature((float) value("--temp", temperature, "temperature", usual))
            .withTopK((int) value("--top-k", topK, "top_k", usual))
            .withTopP((float) value("--top-p", topP, "top_p", usual))
            .withMinP((float) value("--min-p", minP, "min_p", usual))
            .withSeed(seed)
            .withOrder(SamplerStep.parseOrder(samplers))
            .withLogitBias(logitBiases())
            .withIgnoreEos(ignoreEos)
            .withPenalties(repetition.penalties())
            .withDry(repetition.dry()));
  }

  private Map<Integer, Float> logitBiases() {
    Map<Integer, Float> biases = new HashMap<>();
    for (String text : logitBias) {
      Matcher matcher = LOGIT_BIAS.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "--logit-bias: expected a token id and a bias, such as 15043+1.5 or 15043-inf, got '%s'"
                .formatted(text));
      }
      String bias = matcher.group(2).replace("inf", "Infinity");
      biases.put(Integer.parseInt(matcher.group(1)), Float.parseFloat(bias));
    }
    return biases;
  }
}
