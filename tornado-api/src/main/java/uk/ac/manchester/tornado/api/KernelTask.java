package uk.ac.manchester.tornado.api;

import java.util.List;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// A kernel and its arguments.
///
/// Which kernel it is tells the class of the reference to its method: there is one for each place that makes such a reference.
final class KernelTask {
  /// Calls the kernel.
  @FunctionalInterface
  interface Body {
    void run(Object[] arguments);
  }

  private final String id;
  private final Class<?> kernel;
  private final Body body;
  private final Object[] arguments;

  KernelTask(String id, Class<?> kernel, Body body, Object... arguments) {
    this.id = id;
    this.kernel = kernel;
    this.body = body;
    this.arguments = arguments.clone();
  }

  String id() {
    return id;
  }

  Class<?> kernel() {
    return kernel;
  }

  /// Whether a compiler would make the same of both, which takes numbers for parts of the code.
  boolean hasCodeOf(KernelTask other) {
    return kernel == other.kernel && numbers().equals(other.numbers());
  }

  private List<Object> numbers() {
    return Stream.of(arguments).filter(Number.class::isInstance).toList();
  }

  List<TornadoNativeArray> arrays() {
    return Stream.of(arguments)
        .filter(TornadoNativeArray.class::isInstance)
        .map(TornadoNativeArray.class::cast)
        .toList();
  }

  /// The kernel with the device's arrays in place of the host's, ready to be called for a work item.
  WorkGroup.Item bound(DeviceMemory device) {
    Object[] bound = arguments.clone();
    for (int i = 0; i < bound.length; i++) {
      if (bound[i] instanceof TornadoNativeArray array) {
        bound[i] = device.copy(array);
      }
    }
    return context -> {
      Object[] called = bound.clone();
      for (int i = 0; i < called.length; i++) {
        if (called[i] instanceof KernelContext) {
          called[i] = context;
        }
      }
      body.run(called);
    };
  }
}
