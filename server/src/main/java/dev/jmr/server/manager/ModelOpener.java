package dev.jmr.server.manager;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.MemoryNeed;
import dev.jmr.runtime.ModelArtifact;
import java.util.List;

/// The engines that are installed, and the choice among them.
///
/// @param providers the best first
public record ModelOpener(List<EngineProvider> providers) {
  public ModelOpener {
    providers = List.copyOf(providers);
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
    return providers.stream()
        .filter(provider -> provider.supports(artifact))
        .findFirst()
        .orElseThrow(() ->
            new EngineException(
                "%s: expected a file that an installed engine can run (%s), got none"
                    .formatted(
                        artifact.file(), providers.stream().map(EngineProvider::name).toList())));
  }
}
