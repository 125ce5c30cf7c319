package dev.jmr.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What was measured and where: our version, the JVM, the processor.
final class BuildInfo {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private BuildInfo() {}

  /// The version of the jar, or `development` when it runs from classes.
  static String version() {
    return Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  static String java() {
    return System.getProperty("java.version");
  }

  /// What the processor calls itself; its architecture where the system does not tell.
  static String cpu() {
    try {
      for (String line : Files.readAllLines(CPU)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
      return System.getProperty("os.arch");
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
