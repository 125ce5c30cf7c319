package dev.jmr.bench.run;

import dev.jmr.bench.BenchException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// How fast this machine's memory can be read, measured once per number of threads.
///
/// [ReadLoop] runs in a JVM of its own: in ours, kernels were slower by a seventh after it (measured with 1B parameters
/// in Q4_K_M; presumably because the compiler then knew of a second kind of memory segment), and its memory would
/// count in our peak.
public final class ReadBandwidth {
  private final Map<Integer, Double> known = new HashMap<>();

  /// Bytes per second that `threads` threads read together.
  ///
  /// @throws BenchException if it cannot be measured
  public double bytesPerSecond(int threads) {
    return known.computeIfAbsent(threads, ReadBandwidth::measure);
  }

  private static double measure(int threads) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--add-modules=jdk.incubator.vector",
                  "-cp",
                  classes(),
                  ReadBandwidth.class.getPackageName() + ".ReadLoop",
                  "" + threads)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var out = process.getInputStream()) {
        return Double.parseDouble(new String(out.readAllBytes(), StandardCharsets.US_ASCII));
      } finally {
        process.destroy();
      }
    } catch (IOException | URISyntaxException | NumberFormatException e) {
      throw new BenchException(
          "memory bandwidth: expected a number from a JVM of its own, got %s; --no-bandwidth leaves it out"
              .formatted(e.getMessage()));
    }
  }

  /// The jar or folder that our classes are in.
  private static String classes() throws URISyntaxException {
    return Path.of(ReadBandwidth.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }
}
