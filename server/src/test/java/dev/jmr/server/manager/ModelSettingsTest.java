package dev.jmr.server.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ModelSettingsTest {
  @Test
  void takesWhatThePackageSaysWhereNothingIsConfigured() {
    ModelSettings configured =
        new ModelSettings(
            OptionalInt.empty(),
            Optional.empty(),
            Map.of("temperature", 0.5),
            List.of(),
            OptionalInt.empty());
    assertThat(
            configured
                .orElse(Map.of("temperature", "0.9", "top_k", "20", "stop", "x", "min_p", "NaN"))
                .sampling())
        .containsOnly(Map.entry("temperature", 0.5), Map.entry("top_k", 20.0));
  }
}
