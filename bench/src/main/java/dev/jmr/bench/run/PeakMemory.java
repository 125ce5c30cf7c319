package dev.jmr.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The most memory that this process had resident, mapped files included, where Linux tells.
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private PeakMemory() {}

  /// In bytes, since the start or the last [#forget]; empty on other systems.
  static OptionalLong bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        Matcher matcher = PEAK.matcher(line);
        if (matcher.matches()) {
          return OptionalLong.of(Long.parseLong(matcher.group(1)) << 10);
        }
      }
      return OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /// Counts from what is resident now. Where the system does not let us, the peak stays that of the whole process.
  static void forget() {
    try {
      Files.writeString(CLEAR, "5");
    } catch (IOException e) {
      // Then the peak covers more than it might, which bytes() says.
    }
  }
}
