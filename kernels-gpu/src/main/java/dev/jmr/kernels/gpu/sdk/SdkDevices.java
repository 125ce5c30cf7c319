package dev.jmr.kernels.gpu.sdk;

import dev.jmr.tensor.backend.Device;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Asks a started TornadoVM for its devices; by reflection, since this class is linked where there may be no TornadoVM.
///
/// A device's name is its driver's and its number among this driver's devices: `opencl:0`.
final class SdkDevices {
  private static final String API = "uk.ac.manchester.tornado.api.";

  private final ClassLoader loader;

  private SdkDevices(ClassLoader loader) {
    this.loader = loader;
  }

  /// All devices, in TornadoVM's order. The first call in a JVM starts TornadoVM.
  static List<SdkDevice> list(ClassLoader loader) throws ReflectiveOperationException {
    return new SdkDevices(loader).list();
  }

  private List<SdkDevice> list() throws ReflectiveOperationException {
    Object runtime =
        loader
            .loadClass(API + "runtime.TornadoRuntimeProvider")
            .getMethod("getTornadoRuntime")
            .invoke(null);
    List<SdkDevice> devices = new ArrayList<>();
    int backends = (int) call("TornadoRuntime", runtime, "getNumBackends");
    for (int i = 0; i < backends; i++) {
      Object backend = call("TornadoRuntime", runtime, "getBackend", i);
      int count = (int) call("TornadoBackend", backend, "getNumDevices");
      for (int j = 0; j < count; j++) {
        Device device = device(call("TornadoBackend", backend, "getDevice", j), j);
        devices.add(new SdkDevice(device, i, j));
      }
    }
    return devices;
  }

  private Device device(Object device, int index) throws ReflectiveOperationException {
    String type = "common.TornadoDevice";
    String driver = lower(call(type, device, "getTornadoVMBackend"));
    Object physical = call(type, device, "getPhysicalDevice");
    return new Device(
        driver + ":" + index,
        call("TornadoTargetDevice", physical, "getDeviceName").toString().strip(),
        driver,
        kind(lower(call(type, device, "getDeviceType"))),
        (long) call(type, device, "getMaxGlobalMemory"));
  }

  private static Device.Kind kind(String type) {
    return switch (type) {
      case "gpu" -> Device.Kind.GPU;
      case "cpu" -> Device.Kind.CPU;
      default -> Device.Kind.ACCELERATOR;
    };
  }

  private static String lower(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  /// Calls a method of one of the API's interfaces; its parameters are numbers.
  private Object call(String type, Object target, String method, int... arguments)
      throws ReflectiveOperationException {
    Class<?>[] types = new Class<?>[arguments.length];
    Object[] values = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      types[i] = int.class;
      values[i] = arguments[i];
    }
    try {
      Object result = loader.loadClass(API + type).getMethod(method, types).invoke(target, values);
      return Objects.requireNonNull(result, method);
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException(type + "." + method + ": " + e.getCause(), e);
    }
  }
}
