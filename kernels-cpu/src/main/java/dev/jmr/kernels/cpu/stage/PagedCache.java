package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.backend.Batch;

/// What a layer keeps of every position of its sequences, in pages.
public interface PagedCache {
  /// Allocates the pages that a batch writes to. Called by one thread before the workers.
  void prepare(Batch batch);

  /// Bytes that all pages take.
  long byteSize();
}
