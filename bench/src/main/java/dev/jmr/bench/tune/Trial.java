package dev.jmr.bench.tune;

import dev.jmr.bench.run.TestCase;
import java.util.List;

/// A kind of work, and the tests that stand for it.
///
/// @param name for people
/// @param tests run one after the other; their tokens and times are added up
record Trial(String name, List<TestCase> tests) {
  Trial {
    tests = List.copyOf(tests);
  }
}
