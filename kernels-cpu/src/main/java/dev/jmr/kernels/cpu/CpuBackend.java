package dev.jmr.kernels.cpu;

import dev.jmr.kernels.cpu.stage.CpuSettings;
import dev.jmr.kernels.cpu.stage.PagedCache;
import dev.jmr.kernels.cpu.stage.Program;
import dev.jmr.kernels.cpu.stage.StageCompiler;
import dev.jmr.kernels.cpu.vector.Lanes;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.graph.Graph;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Compiles graphs for the CPU's vector units.
final class CpuBackend implements Backend {
  private final int threads;
  private final boolean profiled;
  private final CpuSettings settings;
  private final List<CpuExecutable> executables = new CopyOnWriteArrayList<>();

  CpuBackend(BackendOptions options) {
    this.threads = options.threads() == 0 ? PhysicalCores.count() : options.threads();
    this.profiled = options.profiled();
    this.settings = CpuSettings.of(options.settings());
  }

  /// Bits of a vector in this JVM.
  static int vectorBits() {
    return Lanes.BITS;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String detail() {
    return "%d-bit vectors, %d thread%s".formatted(Lanes.BITS, threads, threads == 1 ? "" : "s");
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public MemoryEstimate estimate(Graph graph, KvLayout kv, BatchLimits limits) {
    long weights = graph.weights().stream().mapToLong(Tensor::byteSize).sum();
    Program program = StageCompiler.compile(graph, kv, limits, settings);
    long cache = program.caches().stream().mapToLong(PagedCache::byteSize).sum();
    return new MemoryEstimate(weights, cache, program.sizes().bytes(threads));
  }

  @Override
  public Executable compile(Graph graph, KvLayout kv, BatchLimits limits) {
    CpuExecutable executable =
        new CpuExecutable(
            graph,
            kv,
            limits,
            StageCompiler.compile(graph, kv, limits, settings),
            threads,
            profiled);
    executables.add(executable);
    return executable;
  }

  @Override
  public void close() {
    executables.forEach(CpuExecutable::close);
  }
}
