package dev.jmr.bench.compare;

import dev.jmr.bench.run.TestCase;
import java.util.List;

/// One of the two engines that are compared.
interface Side {
  /// Runs each test once.
  ///
  /// @return what came out, one per test, in the same order
  /// @throws dev.jmr.bench.BenchException if it cannot
  List<Measured> run(List<TestCase> tests);
}
