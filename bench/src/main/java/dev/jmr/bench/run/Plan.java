package dev.jmr.bench.run;

import java.util.List;

/// Everything that a run of the benchmark does: each test on each setup, in this order.
///
/// @param setups in the order of llama-bench: models outermost, threads innermost
/// @param tests in the order of llama-bench: depths outermost; at each prompts, then generation, then both
/// @param repetitions samples of each test
/// @param warmUp whether each test is run once before it is timed
/// @param bandwidth whether to measure the memory first
/// @param profile whether to measure where the time goes, and how closely to tell
/// @param delaySeconds pause before each test
public record Plan(
    List<Setup> setups,
    List<TestCase> tests,
    int repetitions,
    boolean warmUp,
    boolean bandwidth,
    Profiling profile,
    int delaySeconds) {
  public Plan {
    setups = List.copyOf(setups);
    tests = List.copyOf(tests);
  }

  /// The same tests, with nothing measured but their time.
  public Plan withoutExtras() {
    return new Plan(setups, tests, repetitions, warmUp, false, Profiling.OFF, delaySeconds);
  }

  /// Positions of the cache that the largest test needs.
  int positions() {
    return tests.stream().mapToInt(TestCase::positions).max().orElse(1);
  }

  /// Tokens of the largest forward pass on `setup`.
  int passTokens(Setup setup) {
    int longest =
        tests.stream().mapToInt(test -> Math.max(test.prompt(), test.depth())).max().orElse(1);
    return Math.max(1, Math.min(longest, setup.passTokens()));
  }
}
