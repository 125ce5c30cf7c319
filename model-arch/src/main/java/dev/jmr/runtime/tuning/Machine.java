package dev.jmr.runtime.tuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What tells this machine from others.
///
/// @param cpu what the processor calls itself; its architecture where the system does not tell
/// @param cores processors that this process may use
public record Machine(String cpu, int cores) {
  private static final Path CPUS = Path.of("/proc/cpuinfo");

  /// The machine that we run on.
  public static Machine here() {
    return new Machine(name(), Runtime.getRuntime().availableProcessors());
  }

  private static String name() {
    String otherwise =
        System.getenv()
            .getOrDefault("PROCESSOR_IDENTIFIER", String.valueOf(System.getProperty("os.arch")));
    if (!Files.isReadable(CPUS)) {
      return otherwise;
    }
    try {
      for (String line : Files.readAllLines(CPUS)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
      return otherwise;
    } catch (IOException e) {
      return otherwise;
    }
  }
}
