package dev.jmr.tensor.backend;

import dev.jmr.tensor.graph.Graph;

/// An opened backend. Thread-safe; outlives the executables that it compiled, and closing it closes them.
public interface Backend extends AutoCloseable {
  /// The provider's name.
  String name();

  /// What it runs on, for status lines: `512-bit vectors, 2 threads`.
  String detail();

  /// Which backend a graph would run on, and which part of it where, for status lines: `cpu: 512-bit vectors, 2 threads`.
  default String placement(Graph graph, KvLayout kv, BatchLimits limits) {
    return name() + ": " + detail();
  }

  /// How many threads of this process compute in [Executable#run], its caller included.
  int threads();

  /// What [#compile] with the same arguments would take. Allocates none of it.
  MemoryEstimate estimate(Graph graph, KvLayout kv, BatchLimits limits);

  /// Prepares a graph for execution. The weights' memory must stay valid until the executable is closed.
  ///
  /// @throws dev.jmr.tensor.UnsupportedTensorTypeException if a weight's type cannot be computed with
  Executable compile(Graph graph, KvLayout kv, BatchLimits limits);

  @Override
  void close();
}
