package dev.jmr.cli;

import dev.jmr.model.sample.PenaltyParameters;
import dev.jmr.model.sample.SamplerStep;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.Reasoning;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One parameter that `/set` knows.
///
/// @param name as on the command line, without the dashes
/// @param show its value
/// @param change the settings with another value; throws [IllegalArgumentException] if that is none
record Setting(
    String name,
    Function<ChatSettings, Object> show,
    BiFunction<ChatSettings, String, ChatSettings> change) {

  private static final List<Setting> ALL =
      List.of(
          sampling(
              "temp",
              SamplingParameters::temperature,
              (p, value) -> p.withTemperature(Float.parseFloat(value))),
          sampling(
              "top-k", SamplingParameters::topK, (p, value) -> p.withTopK(Integer.parseInt(value))),
          sampling(
              "top-p", SamplingParameters::topP, (p, value) -> p.withTopP(Float.parseFloat(value))),
          sampling(
              "min-p", SamplingParameters::minP, (p, value) -> p.withMinP(Float.parseFloat(value))),
          sampling(
              "typical-p",
              SamplingParameters::typicalP,
              (p, value) -> p.withTypicalP(Float.parseFloat(value))),
          sampling(
              "repeat-penalty",
              p -> p.penalties().repeat(),
              (p, value) -> withRepeatPenalty(p, Float.parseFloat(value))),
          sampling(
              "top-n-sigma",
              SamplingParameters::topNSigma,
              (p, value) -> p.withTopNSigma(Float.parseFloat(value))),
          sampling(
              "samplers",
              p -> SamplerStep.format(p.order()),
              (p, value) -> p.withOrder(SamplerStep.parseOrder(value))),
          sampling(
              "seed", SamplingParameters::seed, (p, value) -> p.withSeed(Long.parseLong(value))),
          new Setting(
              "max-tokens",
              ChatSettings::maxTokens,
              (settings, value) -> settings.withMaxTokens(Integer.parseUnsignedInt(value))),
          new Setting("system", settings -> settings.system().orElse(""), ChatSettings::withSystem),
          new Setting(
              "think",
              settings -> thinking(settings.rules().reasoning()),
              (settings, value) ->
                  settings.withRules(settings.rules().withReasoning(Reasoning.parse(value)))));

  /// Other words for the same, those of `ollama` and of APIs.
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "temperature",
          "temp",
          "num-predict",
          "max-tokens",
          "n-predict",
          "max-tokens",
          "reasoning",
          "think");

  /// The setting called `name`.
  static Optional<Setting> named(String name) {
    String dashed = name.replace('_', '-');
    String known = OTHER_NAMES.getOrDefault(dashed, dashed);
    return ALL.stream().filter(setting -> setting.name.equals(known)).findFirst();
  }

  /// The names of all, as a list.
  static List<String> all() {
    return ALL.stream().map(Setting::name).toList();
  }

  /// The names of all, for messages.
  static String names() {
    return ALL.stream().map(Setting::name).collect(Collectors.joining(", "));
  }

  /// All settings with their values, a line each.
  static String list(ChatSettings settings) {
    return ALL.stream()
        .map(setting -> "%-15s %s".formatted(setting.name, setting.show.apply(settings)))
        .collect(Collectors.joining("\n"));
  }

  private static String thinking(Reasoning reasoning) {
    return reasoning.effort().orElse(reasoning.mode().name().toLowerCase(Locale.ROOT));
  }

  private static SamplingParameters withRepeatPenalty(SamplingParameters p, float repeat) {
    PenaltyParameters old = p.penalties();
    return p.withPenalties(
        new PenaltyParameters(repeat, old.lastN(), old.presence(), old.frequency()));
  }

  private static Setting sampling(
      String name,
      Function<SamplingParameters, Object> show,
      BiFunction<SamplingParameters, String, SamplingParameters> change) {
    return new Setting(
        name,
        settings -> show.apply(settings.sampling()),
        (settings, value) -> settings.withSampling(change.apply(settings.sampling(), value)));
  }
}
