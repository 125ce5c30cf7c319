package dev.jmr.server.manager;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.MemoryNeed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A model that is being loaded or is loaded. All fields belong to the lock of [ModelManager].
final class Slot {
  final CatalogModel model;
  final ModelSettings settings;
  final Instant since;

  /// `null` while it is being loaded, or once that failed.
  @Nullable Engine engine;

  /// The engine's name, once it is loaded.
  String engineName = "";

  /// Why it could not be loaded.
  @Nullable Throwable failure;

  /// What was reserved for it; `null` while that is not known.
  @Nullable MemoryNeed need;

  /// As requests call it.
  String reference;

  /// What it was used for last.
  Mode mode = Mode.COMPLETION;

  KeepAlive keepAlive;

  /// Of those who use it, and who wait until it is loaded.
  int leases;

  Instant lastUsed;

  /// [System#nanoTime] of the end of its last use.
  long idleSince;

  /// Nobody may lease it any more; whoever gives the last lease back closes it.
  boolean retired;

  Slot(
      CatalogModel model,
      ModelSettings settings,
      KeepAlive keepAlive,
      String reference,
      Instant now) {
    this.model = model;
    this.settings = settings;
    this.keepAlive = keepAlive;
    this.reference = reference;
    this.since = now;
    this.lastUsed = now;
  }

  boolean loading() {
    return engine == null && failure == null;
  }

  boolean idle() {
    return engine != null && leases == 0;
  }

  long bytes() {
    return need == null ? 0 : need.totalBytes();
  }
}
