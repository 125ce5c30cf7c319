package dev.jmr.server.manager;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.Engines;
import dev.jmr.runtime.ModelArtifact;
import java.util.List;
import java.util.Optional;

/// The engines that are installed, and the choice among them.
public final class ModelOpener {
  private final List<Engines.Candidate> candidates;
  private final BackendNames names;

  /// @param providers of which those with a higher priority are preferred; each is asked now whether it can be used
  public ModelOpener(List<EngineProvider> providers) {
    this.candidates = Engines.candidates(providers);
    this.names = new BackendNames(candidates);
  }

  /// All engines that are installed, the most preferred first, also those that cannot be used.
  public List<Engines.Candidate> candidates() {
    return candidates;
  }

  /// What clients call them.
  public BackendNames names() {
    return names;
  }

  /// The engine to load a model with.
  ///
  /// @param engine its name or one of clients; empty = the most preferred one that supports the model
  /// @throws EngineException if none can
  /// @throws BackendException if the engine cannot be had
  EngineProvider choose(ModelArtifact artifact, Optional<String> engine) {
    return engine.map(names::engine).orElseGet(() -> Engines.supporting(candidates, artifact));
  }
}
