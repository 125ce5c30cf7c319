package dev.jmr.model.arch;

import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertSpec.Gating;
import java.util.OptionalInt;

/// What a file may say about how experts are weighed, for the architectures whose models differ in it. An architecture
/// whose models all do the same says so itself and does not ask.
final class ExpertKeys {
  private static final double MAX_SCALE = 1e6;

  private ExpertKeys() {}

  /// `spec` with what the keys say of gating, norm, scale and groups; what a key does not say stays.
  ///
  /// @throws UnsupportedModelException if the gating is not known
  static ExpertSpec apply(ArchitectureKeys keys, ExpertSpec spec) {
    ExpertSpec result = spec;
    OptionalInt gating = keys.count("expert_gating_func", 0, Integer.MAX_VALUE);
    // 0 is what converters write where a model's configuration says nothing.
    if (gating.isPresent() && gating.getAsInt() != 0) {
      result = result.withGating(gating(keys, gating.getAsInt()));
    }
    if (keys.flag("expert_weights_norm").orElse(false)) {
      result = result.withWeightsNorm();
    }
    double scale = keys.number("expert_weights_scale", -MAX_SCALE, MAX_SCALE).orElse(0);
    if (scale != 0) {
      result = result.withWeightsScale((float) scale);
    }
    int groups = keys.count("expert_group_count", 0, HyperParameters.MAX_EXPERTS).orElse(0);
    if (groups > 1) {
      int used = keys.requireCount("expert_group_used_count", 1, groups);
      result = result.withGroups(groups, used);
    }
    return result;
  }

  private static Gating gating(ArchitectureKeys keys, int id) {
    return switch (id) {
      case 1 -> Gating.SOFTMAX;
      case 2 -> Gating.SIGMOID;
      case 3 -> Gating.SOFTMAX_WEIGHT;
      default ->
          throw new UnsupportedModelException(
              "%s: expected 1 (softmax), 2 (sigmoid) or 3 (softmax of the chosen), got %d"
                  .formatted(keys.key("expert_gating_func"), id));
    };
  }
}
