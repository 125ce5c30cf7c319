package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.tensor.DeviceOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LayerFlagsTest {
  private static final DeviceOptions SERVER =
      new DeviceOptions(Optional.of("ptx:0"), OptionalLong.of(9), OptionalInt.of(3));

  private static OptionalInt layers(String... arguments) {
    return LayerFlags.over(SERVER, List.of(arguments)).layers();
  }

  @Test
  void takesTheNumberThatTheModelWasConfiguredWith() {
    assertThat(layers("--temp", "1", "--n-gpu-layers", "7")).hasValue(7);
    assertThat(layers("-ngl=8")).hasValue(8);
    assertThat(layers("--gpu-layers", "1", "-ngl", "0")).hasValue(0);
    assertThat(LayerFlags.over(SERVER, List.of("-ngl", "5")).device()).hasValue("ptx:0");
  }

  @Test
  void takesAllThatFitForWordsThatAreNoNumber() {
    assertThat(layers("-ngl", "all")).isEmpty();
    assertThat(layers("-ngl", "-1")).isEmpty();
    assertThat(layers("-ngl")).isEmpty();
  }

  @Test
  void leavesTheServersChoiceOtherwise() {
    assertThat(LayerFlags.over(SERVER, List.of("--temp", "7"))).isEqualTo(SERVER);
  }
}
