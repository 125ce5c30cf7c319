package dev.jmr.bench.kernels;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Attention, norms, rope and activation, one JVM for each case. The parameters are the words of `jmr bench kernels`.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class OperationBenchmark {
  /// The case: made, and compared with the reference, before it is timed.
  @State(Scope.Benchmark)
  public static class Case {
    @Param({"attention", "attention-prompt", "rms-norm", "rope", "silu"})
    public String family = "";

    @Param("1b")
    public String shape = "";

    @Param("512")
    public int tokens;

    @Param("4096")
    public int depth;

    @Param("1")
    public int threads;

    private @Nullable KernelWork work;

    @Setup
    public void prepare() {
      CaseSelection selection =
          new CaseSelection(
              List.of(family),
              List.of(),
              List.of(shape),
              List.of(),
              List.of(tokens),
              List.of(depth));
      work = selection.cases().getLast().prepare(threads);
    }

    private KernelWork work() {
      return Objects.requireNonNull(work);
    }

    @TearDown
    public void close() {
      work().close();
    }
  }

  @Benchmark
  public void run(Case kernelCase, Rates rates) {
    KernelWork work = kernelCase.work();
    work.run(1);
    rates.add(work);
  }
}
