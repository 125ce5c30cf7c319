package dev.jmr.tensor;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Which device to compute on, and how much of a model.
///
/// @param device a device as [dev.jmr.tensor.backend.Device#choose] finds it; empty = the first
/// @param memoryBytes of the device's memory at most so much is used: as many of a model's last blocks are computed there
///     as fit, the others on the CPU; empty = no limit
/// @param layers how many of a model's last blocks are computed there; empty = all, or those that fit
public record DeviceOptions(Optional<String> device, OptionalLong memoryBytes, OptionalInt layers) {
  /// Nothing is asked for.
  public static final DeviceOptions NONE =
      new DeviceOptions(Optional.empty(), OptionalLong.empty(), OptionalInt.empty());

  public DeviceOptions {
    if (memoryBytes.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "device memory: expected at least 1 byte, got " + memoryBytes.getAsLong());
    }
    if (layers.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "device layers: expected 0 or more, got " + layers.getAsInt());
    }
  }

  /// Whether nothing is asked for.
  public boolean isNone() {
    return equals(NONE);
  }

  /// Whether it is asked for that a model is computed on no device.
  public boolean forbidden() {
    return layers.isPresent() && layers.getAsInt() == 0;
  }

  /// Whether a part of a model may have to stay on the CPU.
  public boolean partial() {
    return layers.isPresent() || memoryBytes.isPresent();
  }
}
