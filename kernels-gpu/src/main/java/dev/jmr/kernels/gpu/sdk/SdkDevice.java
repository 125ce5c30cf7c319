package dev.jmr.kernels.gpu.sdk;

import dev.jmr.tensor.backend.Device;

/// A device and where TornadoVM has it.
///
/// @param driver the place of its driver among TornadoVM's
/// @param index its place among the driver's devices
public record SdkDevice(Device device, int driver, int index) {}
