package dev.jmr.bench.kernels;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What JMH counts beside repetitions, and reports per second: calls of the kernel, GB and GFLOP.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Rates {
  public double calls;
  public double gigabytes;
  public double gigaflops;

  /// Counts one repetition.
  void add(KernelWork work) {
    int count = work.callsPerRun();
    calls += count;
    gigabytes += 1e-9 * count * work.bytesPerCall();
    gigaflops += 1e-9 * count * work.flopsPerCall();
  }
}
