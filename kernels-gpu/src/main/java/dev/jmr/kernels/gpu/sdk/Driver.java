package dev.jmr.kernels.gpu.sdk;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A part of TornadoVM that compiles kernels for one kind of device. An SDK has those that it was built with.
public enum Driver {
  CUDA("tornado-cuda"),
  PTX("tornado-ptx"),
  METAL("tornado-objc-metal"),
  OPENCL("tornado-opencl"),
  /// Compiles with its own library for Level Zero, and runs on OpenCL's devices.
  SPIRV("tornado-opencl");

  private static final String JAR = "tornado-drivers-";

  private final String library;

  Driver(String library) {
    this.library = library;
  }

  /// What people call it: `opencl`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The file of its native library, in the SDK's folder `lib`.
  String libraryFile() {
    return System.mapLibraryName(library);
  }

  /// Whether a jar of this name is this driver, of whatever version.
  boolean isJar(String fileName) {
    return fileName.startsWith(JAR + label() + "-");
  }

  /// Several for people: `cuda, opencl`.
  static String labels(List<Driver> drivers) {
    return drivers.stream().map(Driver::label).collect(Collectors.joining(", "));
  }
}
