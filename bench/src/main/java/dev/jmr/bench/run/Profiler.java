package dev.jmr.bench.run;

import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.OpProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects what an executable says about the parts of a test.
final class Profiler {
  private final Executable executable;
  private final Map<String, Phase> phases = new LinkedHashMap<>();

  Profiler(Executable executable) {
    this.executable = executable;
  }

  /// Runs a part of a test, unless it has no tokens.
  void measure(String name, int tokens, Runnable part) {
    if (tokens > 0) {
      OpProfile before = executable.profile();
      long start = System.nanoTime();
      part.run();
      long nanos = System.nanoTime() - start;
      OpProfile spent = executable.profile().minus(before);
      phases.merge(name, new Phase(name, tokens, nanos, spent), Phase::plus);
    }
  }

  /// What was measured since the last call.
  List<Phase> take() {
    List<Phase> taken = List.copyOf(phases.values());
    phases.clear();
    return taken;
  }
}
