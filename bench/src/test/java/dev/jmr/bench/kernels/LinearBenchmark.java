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

/// Matmul kernels, one JVM for each case. The parameters are the words of `jmr bench kernels`.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class LinearBenchmark {
  /// The case: made, and compared with the reference, before it is timed.
  @State(Scope.Benchmark)
  public static class Case {
    @Param({"dot", "panel", "unpack"})
    public String family = "";

    @Param({"Q4_K", "Q6_K", "Q8_0", "Q4_0", "F16"})
    public String type = "";

    @Param("ffn_up")
    public String shape = "";

    @Param({"cache", "memory"})
    public String place = "";

    @Param("512")
    public int tokens;

    @Param("1")
    public int threads;

    private @Nullable KernelWork work;

    @Setup
    public void prepare() {
      CaseSelection selection =
          new CaseSelection(
              List.of(family),
              List.of(type),
              List.of(shape),
              List.of(place),
              List.of(tokens),
              List.of(0));
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
