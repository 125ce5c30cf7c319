package dev.jmr.tensor.backend;

import dev.jmr.tensor.TensorException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A whole number that a backend computes with, whose best value depends on the machine and the model. It changes how
/// fast results come, and the results in their last bits at most.
///
/// @param name what users call it: lower case, without spaces
/// @param meaning half a sentence for people
/// @param standard its value where nobody says another
/// @param range values that it may have
/// @param candidates values that are worth trying
/// @param affects the kinds of work that it can make faster or slower
public record BackendSetting(
    String name,
    String meaning,
    int standard,
    Range range,
    List<Integer> candidates,
    Set<Workload> affects) {
  /// Numbers from `min` to `max`.
  ///
  /// @param step they are multiples of it
  public record Range(int min, int max, int step) {
    boolean contains(int value) {
      return value >= min && value <= max && value % step == 0;
    }

    @Override
    public String toString() {
      return (step == 1 ? "" : "a multiple of " + step + ", ") + min + " to " + max;
    }
  }

  public BackendSetting {
    candidates = List.copyOf(candidates);
    affects = Set.copyOf(affects);
    for (int value : candidates) {
      require(name, range, value);
    }
    require(name, range, standard);
  }

  private static void require(String name, Range range, int value) {
    if (!range.contains(value)) {
      throw new TensorException("setting %s: expected %s, got %d".formatted(name, range, value));
    }
  }

  /// The value of every setting that is declared: as given, otherwise its standard.
  ///
  /// @throws TensorException if a setting is given that is not declared, or a value that it may not have
  public static Map<String, Integer> complete(
      List<BackendSetting> declared, Map<String, Integer> given) {
    Map<String, Integer> values = new LinkedHashMap<>();
    for (BackendSetting setting : declared) {
      int value = given.getOrDefault(setting.name, setting.standard);
      require(setting.name, setting.range, value);
      values.put(setting.name, value);
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw new TensorException(
            "setting '%s' is not one of this backend; it has: %s".formatted(name, names(declared)));
      }
    }
    return values;
  }

  private static String names(List<BackendSetting> declared) {
    return declared.isEmpty()
        ? "none"
        : declared.stream().map(BackendSetting::name).collect(Collectors.joining(", "));
  }
}
