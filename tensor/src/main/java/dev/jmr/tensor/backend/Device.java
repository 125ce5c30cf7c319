package dev.jmr.tensor.backend;

import dev.jmr.tensor.TensorException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Something with memory of its own that a backend computes on, such as a graphics card.
///
/// @param name what its maker calls it
/// @param driver what it is reached through, such as `OpenCL` or `PTX`
/// @param memoryBytes all of its memory; 0 if that is not known
public record Device(String name, String driver, long memoryBytes) {
  /// The device that a user means: by its number in `devices`, from 0, by its name, or by a part of the name that only one
  /// has; in any case.
  ///
  /// @param wanted empty = the first
  /// @throws TensorException listing all of them if none or several are meant
  public static Device choose(List<Device> devices, Optional<String> wanted) {
    if (wanted.isEmpty() && !devices.isEmpty()) {
      return devices.getFirst();
    }
    String name = wanted.orElse("").toLowerCase(Locale.ROOT);
    for (int i = 0; i < devices.size(); i++) {
      if (name.equals(Integer.toString(i))
          || name.equals(devices.get(i).name.toLowerCase(Locale.ROOT))) {
        return devices.get(i);
      }
    }
    List<Device> alike =
        devices.stream()
            .filter(device -> !name.isBlank())
            .filter(device -> device.name.toLowerCase(Locale.ROOT).contains(name))
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
        : IntStream.range(0, devices.size())
            .mapToObj(i -> i + " (" + devices.get(i).name + ")")
            .collect(Collectors.joining(", "));
  }
}
