package dev.jmr.kernels.gpu.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder with the files of an SDK by name; each of them is empty.
final class SdkFolder {
  private final Path home;

  private SdkFolder(Path home) {
    this.home = home;
  }

  /// Graal's jars, and TornadoVM's of this version without any driver.
  static SdkFolder create(Path home, String version) throws IOException {
    SdkFolder sdk = new SdkFolder(home);
    sdk.file("share/java/graalJars/compiler-25.0.2.jar");
    sdk.file("share/java/tornado/asm-9.9.jar");
    sdk.file("share/java/tornado/tornado-api-" + version + ".jar");
    sdk.file("share/java/tornado/tornado-drivers-common-" + version + ".jar");
    return sdk;
  }

  /// Adds a driver's jar and its native library.
  SdkFolder driver(Driver driver) throws IOException {
    jar(driver);
    file("lib/" + driver.libraryFile());
    return this;
  }

  SdkFolder jar(Driver driver) throws IOException {
    file("share/java/tornado/tornado-drivers-" + driver.label() + "-5.2.0-jdk25.jar");
    return this;
  }

  Path home() {
    return home;
  }

  private void file(String path) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
  }
}
