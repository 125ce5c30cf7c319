package dev.jmr.server.manager;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.MemoryNeed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model that is being loaded or is loaded. All fields belong to the lock of [ModelManager].
final class Slot {
  /// A model may be loaded by several engines at the same time.
  record Key(String model, String engine) {}

  final CatalogModel model;
  final EngineProvider provider;
  final ModelSettings settings;
  final Instant since;

  /// `null` while it is being loaded, or once that failed.
  @Nullable Engine engine;

  /// What is being done to load it.
  String stage = "estimating its memory";

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

  /// Nobody may lease it any more; it is closed once the last lease is given back.
  boolean retired;

  /// Its engine is being closed, or was.
  boolean closing;

  Slot(
      CatalogModel model,
      EngineProvider provider,
      ModelSettings settings,
      KeepAlive keepAlive,
      String reference,
      Instant now) {
    this.model = model;
    this.provider = provider;
    this.settings = settings;
    this.keepAlive = keepAlive;
    this.reference = reference;
    this.since = now;
    this.lastUsed = now;
  }

  Key key() {
    return new Key(model.id(), provider.name());
  }

  boolean loading() {
    return engine == null && failure == null;
  }

  /// Whether it need not be loaded again for other settings; our own engine has no command line.
  boolean loadsLike(ModelSettings others) {
    return settings.loadsLike(others)
        && (provider.name().equals(BackendNames.OURS)
            || settings.runtimeFlags().equals(others.runtimeFlags()));
  }

  boolean idle() {
    return engine != null && leases == 0;
  }

  long bytes() {
    return need == null ? 0 : need.totalBytes();
  }

  /// Of an idle model, until it goes.
  long remainingNanos() {
    return keepAlive
        .time()
        .map(time -> nanos(time) - (System.nanoTime() - idleSince))
        .orElse(Long.MAX_VALUE);
  }

  private static long nanos(Duration time) {
    return time.compareTo(Duration.ofDays(10_000)) > 0 ? Long.MAX_VALUE / 2 : time.toNanos();
  }

  /// What there is to show of it.
  LoadedStatus status() {
    Optional<Duration> expires =
        idle() && keepAlive.time().isPresent()
            ? Optional.of(Duration.ofNanos(Math.max(0, remainingNanos())))
            : Optional.empty();
    return new LoadedStatus(
        model,
        reference,
        provider.name(),
        Optional.ofNullable(engine),
        mode,
        loading() ? Optional.of(stage) : Optional.empty(),
        leases,
        since,
        lastUsed,
        keepAlive,
        expires,
        Optional.ofNullable(need));
  }
}
