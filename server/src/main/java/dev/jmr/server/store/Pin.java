package dev.jmr.server.store;

import java.util.List;

/// Keeps blobs from being deleted, by this or another process, while a model is fetched or packed
/// that will use them. Held from before the first blob is looked for until the manifest is
/// committed.
public final class Pin implements AutoCloseable {
  private List<StoreLock.Region> regions;

  Pin(List<StoreLock.Region> regions) {
    this.regions = List.copyOf(regions);
  }

  /// Lets go; a second call does nothing.
  @Override
  public synchronized void close() {
    List<StoreLock.Region> held = regions;
    regions = List.of();
    held.forEach(StoreLock.Region::close);
  }
}
