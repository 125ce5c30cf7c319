package dev.jmr.runtime.local;

import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.graph.Graph;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Compiles as another backend does, but each run of whatever was compiled waits for a permit; notes what was compiled,
/// how many tokens each run had, and how often something was closed.
record GatedBackend(
    Backend backend,
    Semaphore permits,
    List<Graph> graphs,
    List<Integer> runs,
    AtomicInteger closings)
    implements Backend {
  GatedBackend(Backend backend, int permits) {
    this(
        backend,
        new Semaphore(permits),
        new CopyOnWriteArrayList<>(),
        new CopyOnWriteArrayList<>(),
        new AtomicInteger());
  }

  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public String detail() {
    return backend.detail();
  }

  @Override
  public int threads() {
    return backend.threads();
  }

  @Override
  public MemoryEstimate estimate(Graph graph, KvLayout kv, BatchLimits limits) {
    return backend.estimate(graph, kv, limits);
  }

  @Override
  public Executable compile(Graph graph, KvLayout kv, BatchLimits limits) {
    graphs.add(graph);
    Executable compiled = backend.compile(graph, kv, limits);
    return new Executable() {
      @Override
      public void run(Batch batch, float[] logits) {
        permits.acquireUninterruptibly();
        runs.add(batch.tokenCount());
        compiled.run(batch, logits);
      }

      @Override
      public void close() {
        closings.incrementAndGet();
        compiled.close();
      }
    };
  }

  @Override
  public void close() {
    backend.close();
  }
}
