package dev.jmr.bench.kernels;

import java.util.List;

/// Runs with numbers that are easy to compute with.
final class TestRuns {
  private TestRuns() {}

  static KernelRun run(double nanosPerCall) {
    return new KernelRun(
        "25 abacus",
        List.of(new MachinePeak(256, 1, 10e9, 100e9, 50e9)),
        List.of(
            new KernelResult(
                "dot", "Q4_K", "ffn_up", "memory", 1, 0, 1, 256, nanosPerCall, 5000, 20_000),
            new KernelResult("rope", "F32", "1b", "cache", 512, 0, 1, 256, nanosPerCall, 5000, 0)));
  }
}
