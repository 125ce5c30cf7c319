package dev.jmr.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The engines that are installed. Selection is never silent: it comes with a line per provider.
public final class Engines {
  /// A provider and why it cannot be used.
  ///
  /// @param unavailable empty if it can
  public record Candidate(EngineProvider provider, Optional<String> unavailable) {
    /// What the provider says of itself now.
    public static Candidate of(EngineProvider provider) {
      return new Candidate(provider, provider.unavailable());
    }

    public boolean available() {
      return unavailable.isEmpty();
    }

    /// The candidate as a line for people: `local: available` or `llama-server: skipped: …`.
    @Override
    public String toString() {
      return provider.name()
          + unavailable.map(reason -> ": skipped: " + reason).orElse(": available");
    }
  }

  private Engines() {}

  /// Every provider that the service loader finds, the most preferred first, each asked once whether it can be used.
  public static List<Candidate> candidates() {
    List<EngineProvider> providers = new ArrayList<>();
    ServiceLoader.load(EngineProvider.class).forEach(providers::add);
    return candidates(providers);
  }

  /// The same of these providers.
  public static List<Candidate> candidates(List<EngineProvider> providers) {
    return providers.stream()
        .sorted(
            Comparator.comparingInt(EngineProvider::priority)
                .reversed()
                .thenComparing(EngineProvider::name))
        .map(Candidate::of)
        .toList();
  }

  /// The most preferred engine that can be used and supports the model.
  ///
  /// @throws EngineException listing why each was passed over, if there is none
  public static EngineProvider supporting(List<Candidate> candidates, ModelArtifact artifact) {
    return candidates.stream()
        .filter(Candidate::available)
        .map(Candidate::provider)
        .filter(provider -> provider.supports(artifact))
        .findFirst()
        .orElseThrow(() ->
            new EngineException(
                "%s: expected a file that an installed engine can run, got none of these: %s"
                    .formatted(artifact.file(), candidates)));
  }
}
