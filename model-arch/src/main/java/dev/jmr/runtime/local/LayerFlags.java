package dev.jmr.runtime.local;

import dev.jmr.tensor.DeviceOptions;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// The flag of llama.cpp's server that says how many blocks a GPU computes, among the flags that a model was configured with.
final class LayerFlags {
  private static final Set<String> NAMES = Set.of("--n-gpu-layers", "--gpu-layers", "-ngl");
  private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

  private LayerFlags() {}

  /// What was chosen for all models, with the number of blocks that was chosen for this one. Words that are no number, such as
  /// `all`, choose none.
  ///
  /// @param arguments as `--flag value` or `--flag=value`; of several the last counts
  static DeviceOptions over(DeviceOptions all, List<String> arguments) {
    OptionalInt layers = all.layers();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      int equals = word.indexOf('=');
      String value =
          equals >= 0
              ? word.substring(equals + 1)
              : i + 1 < arguments.size() ? arguments.get(i + 1) : "";
      if (NAMES.contains(equals < 0 ? word : word.substring(0, equals))) {
        layers =
            COUNT.matcher(value).matches()
                ? OptionalInt.of(Integer.parseInt(value))
                : OptionalInt.empty();
      }
    }
    return new DeviceOptions(all.device(), all.memoryBytes(), layers);
  }
}
