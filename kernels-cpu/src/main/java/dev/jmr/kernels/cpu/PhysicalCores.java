package dev.jmr.kernels.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How many cores do real work: two hardware threads of one core share its vector units.
final class PhysicalCores {
  private static final Path CPUS = Path.of("/sys/devices/system/cpu");

  private PhysicalCores() {}

  /// The number of physical cores this process may use: what Linux says, bounded by what the JVM was given.
  static int count() {
    int available = Runtime.getRuntime().availableProcessors();
    int physical = fromTopology();
    return physical == 0 ? available : Math.max(1, Math.min(available, physical));
  }

  /// Distinct sets of sibling threads; 0 where the system does not tell.
  private static int fromTopology() {
    try (Stream<Path> entries = Files.list(CPUS)) {
      Set<String> siblings =
          entries
              .filter(path -> path.getFileName().toString().matches("cpu\\d+"))
              .map(path -> path.resolve("topology/thread_siblings_list"))
              .filter(Files::isReadable)
              .map(PhysicalCores::read)
              .collect(Collectors.toSet());
      return siblings.size();
    } catch (IOException e) {
      return 0;
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path).strip();
    } catch (IOException e) {
      return path.toString();
    }
  }
}
