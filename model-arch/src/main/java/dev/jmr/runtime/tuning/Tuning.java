package dev.jmr.runtime.tuning;

import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.BackendSetting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Settings by name: those of the engine, [#THREADS] and [#PROMPT_CHUNK], and those of a backend. What is not among them has
/// its standard value.
///
/// @param values whole numbers by name
public record Tuning(Map<String, Integer> values) {
  /// Threads that compute.
  public static final String THREADS = "threads";

  /// Tokens of prompt in a step.
  public static final String PROMPT_CHUNK = "prompt-chunk";

  /// The tokens of prompt in a step where nobody says another number.
  public static final int STANDARD_PROMPT_CHUNK = 512;

  /// Everything at its standard.
  public static final Tuning NONE = new Tuning(Map.of());

  private static final int MAX_THREADS = 1024;
  private static final int MAX_PROMPT_CHUNK = 1 << 16;

  public Tuning {
    values = Map.copyOf(values);
  }

  /// The threads to compute with.
  ///
  /// @param asked what was asked for, which wins; 0 = nothing
  /// @return 0 = the backend's own choice
  public int threads(int asked) {
    return asked == 0 ? values.getOrDefault(THREADS, 0) : asked;
  }

  /// The tokens of prompt in a step.
  ///
  /// @param asked what was asked for, which wins; 0 = nothing
  public int promptChunk(int asked) {
    return asked == 0 ? values.getOrDefault(PROMPT_CHUNK, STANDARD_PROMPT_CHUNK) : asked;
  }

  /// The settings of the backend.
  ///
  /// @param asked those that were asked for, which win
  public Map<String, Integer> backend(Map<String, Integer> asked) {
    Map<String, Integer> settings = new LinkedHashMap<>(values);
    settings.remove(THREADS);
    settings.remove(PROMPT_CHUNK);
    settings.putAll(asked);
    return settings;
  }

  /// Looks whether they can be used.
  ///
  /// @throws TensorException if one of the settings is not known, or has a value that it may not have
  public void validate(BackendProvider provider) {
    require(THREADS, MAX_THREADS);
    require(PROMPT_CHUNK, MAX_PROMPT_CHUNK);
    BackendSetting.complete(provider.settings(), backend(Map.of()));
  }

  private void require(String name, int max) {
    int value = values.getOrDefault(name, 1);
    if (value < 1 || value > max) {
      throw new TensorException("setting %s: expected 1 to %d, got %d".formatted(name, max, value));
    }
  }

  /// The settings in the order of their names: `prompt-chunk 256, threads 2`.
  @Override
  public String toString() {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }
}
