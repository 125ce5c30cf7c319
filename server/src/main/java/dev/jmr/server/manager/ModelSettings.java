package dev.jmr.server.manager;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// How one model is to be run, as its user configured it.
///
/// @param contextSize tokens; empty = what its package says, or automatic
/// @param keepAlive empty = the server's
/// @param sampling defaults for requests that do not say, by their names in the API, such as `temperature`
/// @param runtimeFlags as they were given, to be shown again
/// @param reasoningBudget tokens of thoughts at most; -1 = unlimited
/// @param engine the name of the one that runs it for requests that name none; empty = the most preferred one
public record ModelSettings(
    OptionalInt contextSize,
    Optional<KeepAlive> keepAlive,
    Map<String, Double> sampling,
    List<String> runtimeFlags,
    OptionalInt reasoningBudget,
    Optional<String> engine) {
  /// Nothing configured.
  public static final ModelSettings NONE =
      new ModelSettings(
          OptionalInt.empty(), Optional.empty(), Map.of(), List.of(), OptionalInt.empty());

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

  public ModelSettings {
    sampling = Map.copyOf(sampling);
    runtimeFlags = List.copyOf(runtimeFlags);
  }

  /// With the most preferred engine.
  public ModelSettings(
      OptionalInt contextSize,
      Optional<KeepAlive> keepAlive,
      Map<String, Double> sampling,
      List<String> runtimeFlags,
      OptionalInt reasoningBudget) {
    this(contextSize, keepAlive, sampling, runtimeFlags, reasoningBudget, Optional.empty());
  }

  public ModelSettings withEngine(String name) {
    return new ModelSettings(
        contextSize, keepAlive, sampling, runtimeFlags, reasoningBudget, Optional.of(name));
  }

  /// Whether a model that was loaded with `other` would have to be loaded again.
  boolean loadsLike(ModelSettings other) {
    return contextSize.equals(other.contextSize);
  }

  /// These settings, and for what they do not say about sampling what a model's package says, as far as that is numbers.
  public ModelSettings orElse(Map<String, String> packaged) {
    Map<String, Double> both = new HashMap<>();
    packaged.forEach((name, text) -> {
      if (NUMBER.matcher(text).matches()) {
        both.put(name, Double.valueOf(text));
      }
    });
    both.putAll(sampling);
    return new ModelSettings(contextSize, keepAlive, both, runtimeFlags, reasoningBudget, engine);
  }
}
