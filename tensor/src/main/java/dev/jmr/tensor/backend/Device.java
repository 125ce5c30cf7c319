package dev.jmr.tensor.backend;

import dev.jmr.tensor.TensorException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Something that a backend computes on with memory of its own, or by another driver than this process: mostly a graphics
/// card.
///
/// @param name what users choose it by: `opencl:0`
/// @param description what its maker calls it
/// @param driver what it is reached by: `opencl`
/// @param kind what it is
/// @param memoryBytes all of its memory
public record Device(String name, String description, String driver, Kind kind, long memoryBytes) {
  /// What computes.
  public enum Kind {
    /// A graphics card.
    GPU,
    /// Something else that is made for computing.
    ACCELERATOR,
    /// The cores of this machine, by way of the driver.
    CPU
  }

  public Device {
    if (memoryBytes < 0) {
      throw new IllegalArgumentException(
          "device %s: expected its memory in bytes, got %d".formatted(name, memoryBytes));
    }
  }

  /// The device that a user means: by its name, by its place among `devices` from 0, or by a part of the description that
  /// only one has; in any case.
  ///
  /// @param wanted empty = the first
  /// @throws TensorException listing all of them if none or several are meant
  public static Device choose(List<Device> devices, Optional<String> wanted) {
    if (wanted.isEmpty() && !devices.isEmpty()) {
      return devices.getFirst();
    }
    String text = wanted.orElse("").toLowerCase(Locale.ROOT);
    for (int i = 0; i < devices.size(); i++) {
      if (text.equals(Integer.toString(i))
          || text.equals(devices.get(i).name.toLowerCase(Locale.ROOT))) {
        return devices.get(i);
      }
    }
    List<Device> alike =
        devices.stream()
            .filter(device -> !text.isBlank())
            .filter(device -> device.description.toLowerCase(Locale.ROOT).contains(text))
            .toList();
    if (alike.size() == 1) {
      return alike.getFirst();
    }
    throw new TensorException(
        "device '%s': expected one of %s".formatted(wanted.orElse(""), describe(devices)));
  }

  private static String describe(List<Device> devices) {
    return devices.isEmpty()
        ? "none; there is no device"
        : devices.stream()
            .map(device -> "%s (%s)".formatted(device.name, device.description))
            .collect(Collectors.joining(", "));
  }
}
