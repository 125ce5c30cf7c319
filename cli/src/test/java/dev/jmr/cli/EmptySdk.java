package dev.jmr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A folder that looks like a TornadoVM SDK for OpenCL, by the names of its files; there is nothing in them.
final class EmptySdk {
  private EmptySdk() {}

  static void create(Path home) throws IOException {
    for (String file :
        List.of(
            "share/java/graalJars/compiler-25.0.2.jar",
            "share/java/tornado/tornado-api-5.2.0.jar",
            "share/java/tornado/tornado-drivers-opencl-5.2.0.jar",
            "lib/" + System.mapLibraryName("tornado-opencl"))) {
      Path path = home.resolve(file);
      Files.createDirectories(path.getParent());
      Files.createFile(path);
    }
  }
}
