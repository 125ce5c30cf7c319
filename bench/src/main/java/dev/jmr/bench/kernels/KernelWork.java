package dev.jmr.bench.kernels;

/// A kernel with its data, ready to be timed. Not thread-safe; brings its own threads.
public interface KernelWork extends Repeatable, AutoCloseable {
  /// Compares results with the reference.
  ///
  /// @throws KernelBenchException if they differ by more than rounding
  void check();

  /// Calls of the kernel that one repetition makes.
  int callsPerRun();

  /// Bytes of weights, or of keys and values, or of activations, that one call reads.
  long bytesPerCall();

  /// Multiplications and additions of one call; 0 where they are not what it is about.
  long flopsPerCall();

  @Override
  void close();
}
