package dev.jmr.tensor.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.DeviceOptions;
import dev.jmr.tensor.TensorException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeviceTest {
  private static final Device LARGE = device("ptx:0", "Acme G100");
  private static final Device SMALL = device("opencl:0", "Acme G10");
  private static final Device OTHER = device("opencl:1", "Other 7");
  private static final List<Device> ALL = List.of(LARGE, SMALL, OTHER);

  private static Device device(String name, String description) {
    String driver = name.substring(0, name.indexOf(':'));
    return new Device(name, description, driver, Device.Kind.GPU, 8L << 30);
  }

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
    assertThat(choose("OpenCL:0")).isEqualTo(SMALL);
    assertThat(choose("OTHER")).isEqualTo(OTHER);
  }

  @Test
  void listsTheDevicesWhenNoneOrSeveralAreMeant() {
    assertThatThrownBy(() -> choose("acme"))
        .isInstanceOf(TensorException.class)
        .hasMessage(
            "device 'acme': expected one of "
                + "ptx:0 (Acme G100), opencl:0 (Acme G10), opencl:1 (Other 7)");
    assertThatThrownBy(() -> choose("3")).hasMessageContaining("expected one of ptx:0");
    assertThatThrownBy(() -> choose(" ")).hasMessageContaining("expected one of ptx:0");
    assertThatThrownBy(() -> Device.choose(List.of(), Optional.of("0")))
        .hasMessage("device '0': expected one of none; there is no device");
  }

  @Test
  void refusesImpossibleOptions() {
    assertThatThrownBy(() -> new Device("ptx:0", "", "ptx", Device.Kind.GPU, -1))
        .hasMessage("device ptx:0: expected its memory in bytes, got -1");
    assertThatThrownBy(
            () -> new DeviceOptions(Optional.empty(), OptionalLong.of(0), OptionalInt.empty()))
        .hasMessage("device memory: expected at least 1 byte, got 0");
    assertThatThrownBy(
            () -> new DeviceOptions(Optional.empty(), OptionalLong.empty(), OptionalInt.of(-1)))
        .hasMessage("device layers: expected 0 or more, got -1");
  }
}
