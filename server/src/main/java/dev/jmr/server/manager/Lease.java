package dev.jmr.server.manager;

import dev.jmr.runtime.Engine;
import java.util.concurrent.atomic.AtomicBoolean;

/// The right to use a loaded model: it stays while there is one. Closed once, by whoever has it; closing again does nothing.
public final class Lease implements AutoCloseable {
  private final ModelManager manager;
  private final Slot slot;
  private final Engine engine;
  private final AtomicBoolean closed = new AtomicBoolean();

  Lease(ModelManager manager, Slot slot, Engine engine) {
    this.manager = manager;
    this.slot = slot;
    this.engine = engine;
  }

  public Engine engine() {
    return engine;
  }

  public CatalogModel model() {
    return slot.model;
  }

  /// As they are now; for sampling, what the model's package says counts where nothing is configured.
  public ModelSettings settings() {
    return manager
        .settings()
        .of(slot.model.id())
        .orElse(slot.model.description().defaultParameters());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      manager.release(slot);
    }
  }
}
