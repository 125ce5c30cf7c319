package dev.jmr.server.manager;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.MemoryNeed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A model that is loaded, or on its way.
///
/// @param reference as the last request called it
/// @param engineName which engine runs it
/// @param engine to be looked at, not to be used; empty while it is being loaded
/// @param stage what is being done to load it; empty once it is
/// @param leases requests that use it, or wait for it
/// @param expires when it goes if nothing happens; empty if it is in use or stays for ever
public record LoadedStatus(
    CatalogModel model,
    String reference,
    String engineName,
    Optional<Engine> engine,
    Mode mode,
    Optional<String> stage,
    int leases,
    Instant since,
    Instant lastUsed,
    KeepAlive keepAlive,
    Optional<Duration> expires,
    Optional<MemoryNeed> need) {
  public boolean loading() {
    return engine.isEmpty();
  }
}
