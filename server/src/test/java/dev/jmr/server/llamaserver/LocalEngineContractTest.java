package dev.jmr.server.llamaserver;

import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.Engines;

/// Our own engine.
final class LocalEngineContractTest extends EngineContract {
  @Override
  EngineProvider provider() {
    return Engines.candidates().stream()
        .map(Engines.Candidate::provider)
        .filter(provider -> provider.name().equals("local"))
        .findFirst()
        .orElseThrow();
  }
}
