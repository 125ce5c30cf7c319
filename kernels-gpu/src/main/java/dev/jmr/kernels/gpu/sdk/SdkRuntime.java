package dev.jmr.kernels.gpu.sdk;

import java.util.List;

/// A TornadoVM that was started in this JVM. It stays until the JVM ends.
///
/// @param sdk what it is
/// @param drivers those that work here
/// @param loader loads TornadoVM's classes, and ours of [SdkStart#PACKAGES]
/// @param devices all that the drivers found; those of the first driver first
public record SdkRuntime(
    TornadoSdk sdk, List<Driver> drivers, ClassLoader loader, List<SdkDevice> devices) {
  public SdkRuntime {
    drivers = List.copyOf(drivers);
    devices = List.copyOf(devices);
  }

  /// Starts the SDK with these drivers. To be called once in a JVM: what TornadoVM sets up first stays.
  ///
  /// @throws ReflectiveOperationException if the SDK is not as expected; whatever else it may throw on its own
  static SdkRuntime start(TornadoSdk sdk, List<Driver> drivers)
      throws ReflectiveOperationException {
    ClassLoader ours = SdkRuntime.class.getClassLoader();
    ClassLoader compiler = GraalLayer.load(sdk.graalJars(), ours);
    ClassLoader loader =
        new SdkClassLoader(sdk.jarsFor(drivers), compiler, ours, SdkStart.PACKAGES);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return new SdkRuntime(sdk, drivers, loader, SdkDevices.list(loader));
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
