package dev.jmr.bench.compare;

import dev.jmr.bench.BenchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command that started this process, to start it once more with other arguments.
final class FreshJvm {
  private static final String COMMAND = "bench";

  private FreshJvm() {}

  /// This program with all its JVM flags, up to and with `bench`.
  ///
  /// @throws BenchException if the system does not tell how the program was started
  static List<String> bench() {
    ProcessHandle.Info info = ProcessHandle.current().info();
    return of(
        info.command().map(List::of).orElse(List.of()),
        Arrays.asList(info.arguments().orElse(new String[0])));
  }

  static List<String> of(List<String> program, List<String> arguments) {
    int end = arguments.indexOf(COMMAND);
    if (program.isEmpty() || end < 0) {
      throw new BenchException(
          "--fresh-jvm: expected the system to tell how jmr bench was started, got nothing; leave the option out");
    }
    List<String> words = new ArrayList<>(program);
    words.addAll(arguments.subList(0, end + 1));
    return List.copyOf(words);
  }
}
