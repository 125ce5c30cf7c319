package dev.jmr.server.manager;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.Engines;
import dev.jmr.runtime.MemoryNeed;
import dev.jmr.runtime.ModelArtifact;
import java.util.List;

/// The engines that are installed, and the choice among them.
public final class ModelOpener {
  private final List<Engines.Candidate> candidates;

  /// @param providers of which those with a higher priority are preferred; each is asked now whether it can be used
  public ModelOpener(List<EngineProvider> providers) {
    this.candidates = Engines.candidates(providers);
  }

  /// All engines that are installed, the most preferred first, also those that cannot be used.
  public List<Engines.Candidate> candidates() {
    return candidates;
  }

  /// Loads the model with the first engine that can; the caller closes it.
  ///
  /// @throws EngineException if none can, or as [EngineProvider#load] does
  Engine open(ModelArtifact artifact, EngineOptions options) {
    return provider(artifact).load(artifact, options);
  }

  /// What [#open] would take.
  MemoryNeed need(ModelArtifact artifact, EngineOptions options) {
    return provider(artifact).memoryNeed(artifact, options);
  }

  /// The name of the engine that would load it.
  String engine(ModelArtifact artifact) {
    return provider(artifact).name();
  }

  private EngineProvider provider(ModelArtifact artifact) {
    return Engines.supporting(candidates, artifact);
  }
}
