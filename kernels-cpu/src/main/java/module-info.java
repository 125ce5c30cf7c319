/// The CPU backend: SIMD kernels on the Vector API and the team of workers that walks a graph with them.
@org.jspecify.annotations.NullMarked
module dev.jmr.kernels.cpu {
  requires static org.jspecify;
  requires transitive dev.jmr.tensor;
  requires jdk.incubator.vector;

  exports dev.jmr.kernels.cpu.linear to
      dev.jmr.bench;
  exports dev.jmr.kernels.cpu.vector to
      dev.jmr.bench;

  provides dev.jmr.tensor.backend.BackendProvider with
      dev.jmr.kernels.cpu.CpuBackendProvider;
}
