package dev.jmr.bench.run;

import dev.jmr.runtime.tuning.Machine;
import java.util.Optional;

/// What was measured and where: our version, the JVM, the processor.
public final class BuildInfo {
  private BuildInfo() {}

  /// The version of the jar, or `development` when it runs from classes.
  public static String version() {
    return Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  static String java() {
    return System.getProperty("java.version");
  }

  /// What the processor calls itself; its architecture where the system does not tell.
  static String cpu() {
    return Machine.here().cpu();
  }
}
