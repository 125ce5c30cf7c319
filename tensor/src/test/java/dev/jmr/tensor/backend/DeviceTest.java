package dev.jmr.tensor.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.TensorException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeviceTest {
  private static final Device LARGE = new Device("Acme G100", "PTX", 80L << 30);
  private static final Device SMALL = new Device("Acme G10", "OpenCL", 8L << 30);
  private static final Device OTHER = new Device("Other 7", "OpenCL", 0);
  private static final List<Device> ALL = List.of(LARGE, SMALL, OTHER);

  private static Device choose(String wanted) {
    return Device.choose(ALL, Optional.of(wanted));
  }

  @Test
  void takesTheFirstUnlessAnotherIsWanted() {
    assertThat(Device.choose(ALL, Optional.empty())).isEqualTo(LARGE);
  }

  @Test
  void findsADeviceByNumberNameOrPartOfIt() {
    assertThat(choose("2")).isEqualTo(OTHER);
    assertThat(choose("acme g10")).isEqualTo(SMALL);
    assertThat(choose("OTHER")).isEqualTo(OTHER);
  }

  @Test
  void listsTheDevicesWhenNoneOrSeveralAreMeant() {
    assertThatThrownBy(() -> choose("acme"))
        .isInstanceOf(TensorException.class)
        .hasMessage("device 'acme': expected one of 0 (Acme G100), 1 (Acme G10), 2 (Other 7)");
    assertThatThrownBy(() -> choose("3")).hasMessageContaining("expected one of 0");
    assertThatThrownBy(() -> choose(" ")).hasMessageContaining("expected one of 0");
    assertThatThrownBy(() -> Device.choose(List.of(), Optional.of("0")))
        .hasMessage("device '0': expected one of none; there is no device");
  }

  @Test
  void refusesImpossibleOptions() {
    assertThatThrownBy(
            () -> new DeviceOptions(Optional.empty(), OptionalLong.of(0), OptionalInt.empty()))
        .hasMessage("device memory: expected at least 1 byte, got 0");
    assertThatThrownBy(
            () -> new DeviceOptions(Optional.empty(), OptionalLong.empty(), OptionalInt.of(-1)))
        .hasMessage("device layers: expected 0 or more, got -1");
  }
}
