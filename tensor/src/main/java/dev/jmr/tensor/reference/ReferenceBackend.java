package dev.jmr.tensor.reference;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.UnsupportedTensorTypeException;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.Value.Rows;
import java.util.ArrayList;
import java.util.List;

/// Keeps count of its executables and closes them; everything else is in [ReferenceExecutable].
final class ReferenceBackend implements Backend {
  private final List<ReferenceExecutable> executables = new ArrayList<>();
  private final boolean profiled;
  private boolean closed;

  ReferenceBackend(BackendOptions options) {
    this.profiled = options.profiled();
  }

  @Override
  public String name() {
    return ReferenceBackendProvider.NAME;
  }

  @Override
  public String detail() {
    return ReferenceBackendProvider.DETAIL;
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public MemoryEstimate estimate(Graph graph, KvLayout kv, BatchLimits limits) {
    long weightBytes = graph.weights().stream().mapToLong(Tensor::byteSize).sum();
    long kvBytes =
        graph.attentions().stream()
            .mapToLong(op -> KvStore.byteSize(kv, op.spec().keyWidth() + op.spec().valueWidth()))
            .sum();
    kvBytes +=
        graph.convolutions().stream()
            .mapToLong(op -> KvStore.byteSize(kv, op.input().width()))
            .sum();
    long workspaceBytes =
        graph.values().stream()
            .mapToLong(value -> rows(value.rows(), limits) * value.width() * Float.BYTES)
            .sum();
    return new MemoryEstimate(weightBytes, kvBytes, workspaceBytes);
  }

  @Override
  public synchronized Executable compile(Graph graph, KvLayout kv, BatchLimits limits) {
    if (closed) {
      throw new TensorException("backend reference: expected an open backend, got a closed one");
    }
    for (Tensor weight : graph.weights()) {
      if (!weight.type().computable()) {
        throw new UnsupportedTensorTypeException(
            "weight %s: type %s cannot be computed with yet"
                .formatted(weight.name(), weight.type()));
      }
    }
    ReferenceExecutable executable = new ReferenceExecutable(graph, kv, limits, profiled);
    executables.add(executable);
    return executable;
  }

  @Override
  public synchronized void close() {
    closed = true;
    executables.forEach(ReferenceExecutable::close);
    executables.clear();
  }

  private static long rows(Rows rows, BatchLimits limits) {
    return switch (rows) {
      case TOKENS -> limits.tokens();
      case OUTPUTS -> limits.outputs();
    };
  }
}
