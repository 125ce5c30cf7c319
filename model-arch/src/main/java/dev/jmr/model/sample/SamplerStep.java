package dev.jmr.model.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The samplers whose order can be chosen, in their default order, with llama.cpp's names.
///
/// Mask and logit bias always come before all of them; Mirostat takes the place of all of them but the temperature.
public enum SamplerStep {
  PENALTIES("penalties", Penalties::of),
  DRY("dry", Dry::of),
  TOP_N_SIGMA("top_n_sigma", TopNSigma::of),
  TOP_K("top_k", TopK::of),
  TYPICAL_P("typ_p", TypicalP::of, "typ", "typical_p"),
  TOP_P("top_p", TopP::of, "nucleus"),
  MIN_P("min_p", MinP::of),
  XTC("xtc", Xtc::of),
  TEMPERATURE("temperature", Temperature::of, "temp");

  /// llama.cpp's default order.
  public static final List<SamplerStep> DEFAULT_ORDER = List.of(values());

  private static final String SEPARATOR = ";";

  private final String text;
  private final Sampler.Factory factory;
  private final List<String> aliases;

  SamplerStep(String text, Sampler.Factory factory, String... aliases) {
    this.text = text;
    this.factory = factory;
    this.aliases = List.of(aliases);
  }

  /// The steps of a text such as `top_k;temperature`; an empty text is no step. As in llama.cpp, case does not count, and
  /// `top-k` or `topk` is as good as `top_k`.
  ///
  /// @throws IllegalArgumentException if there is no such step, or one stands there twice
  public static List<SamplerStep> parseOrder(String order) {
    List<SamplerStep> steps = new ArrayList<>();
    if (!order.isBlank()) {
      for (String name : order.split(SEPARATOR, -1)) {
        steps.add(parse(name.strip()));
      }
    }
    return checkedOrder(steps);
  }

  /// The text that [#parseOrder] turns into these steps.
  public static String format(List<SamplerStep> order) {
    return order.stream().map(step -> step.text).collect(Collectors.joining(SEPARATOR));
  }

  /// A copy of an order in which no step stands twice.
  static List<SamplerStep> checkedOrder(List<SamplerStep> order) {
    for (int i = 0; i < order.size(); i++) {
      if (order.indexOf(order.get(i)) < i) {
        throw new IllegalArgumentException(
            "samplers: expected each one once, got '%s' twice".formatted(order.get(i).text));
      }
    }
    return List.copyOf(order);
  }

  /// llama.cpp's name of the step.
  public String text() {
    return text;
  }

  Optional<Sampler> create(SamplingParameters parameters, SamplerVocabulary vocabulary) {
    return factory.of(parameters, vocabulary);
  }

  private static SamplerStep parse(String name) {
    String wanted = squeezed(name);
    return Arrays.stream(values())
        .filter(step -> step.isCalled(wanted))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "samplers: expected names of %s, separated by '%s', got '%s'"
                    .formatted(knownNames(), SEPARATOR, name)));
  }

  private boolean isCalled(String squeezed) {
    return squeezed(text).equals(squeezed)
        || aliases.stream().anyMatch(alias -> squeezed(alias).equals(squeezed));
  }

  private static String squeezed(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  private static String knownNames() {
    return Arrays.stream(values()).map(step -> step.text).collect(Collectors.joining(", "));
  }
}
