package dev.jmr.tensor.backend;

import dev.jmr.tensor.TensorException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// Chooses among the backends that are installed. Selection is never silent: it comes with a line per provider.
public final class Backends {
  /// One provider and what its probe said.
  public record Candidate(BackendProvider provider, Availability availability) {
    /// The candidate as a line for people: `cpu: 512-bit vectors` or `tornado: skipped: …`.
    @Override
    public String toString() {
      return switch (availability) {
        case Availability.Available available -> provider.name() + ": " + available.detail();
        case Availability.Unavailable unavailable ->
            provider.name() + ": skipped: " + unavailable.reason();
      };
    }
  }

  private Backends() {}

  /// Every provider that the service loader finds, the most preferred first, each probed once.
  public static List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
      candidates.add(new Candidate(provider, provider.probe()));
    }
    candidates.sort(Comparator.comparingInt((Candidate c) -> c.provider().priority()).reversed());
    return candidates;
  }

  /// The most preferred provider that is available.
  ///
  /// @throws TensorException listing why each was skipped
  public static BackendProvider best(List<Candidate> candidates) {
    return candidates.stream()
        .filter(candidate -> candidate.availability() instanceof Availability.Available)
        .map(Candidate::provider)
        .findFirst()
        .orElseThrow(() -> new TensorException("no backend is available: " + describe(candidates)));
  }

  /// The provider called `name`, which must be available.
  ///
  /// @throws TensorException listing the known names, or why this one cannot run
  public static BackendProvider named(List<Candidate> candidates, String name) {
    for (Candidate candidate : candidates) {
      if (candidate.provider().name().equals(name)) {
        if (candidate.availability() instanceof Availability.Unavailable) {
          throw new TensorException("backend " + candidate);
        }
        return candidate.provider();
      }
    }
    throw new TensorException(
        "backend '%s' is not installed; installed: %s".formatted(name, describe(candidates)));
  }

  /// The provider that a user named, otherwise the most preferred one.
  ///
  /// @throws TensorException as [#named] and [#best] do
  public static BackendProvider choose(List<Candidate> candidates, Optional<String> name) {
    return name.map(given -> named(candidates, given)).orElseGet(() -> best(candidates));
  }

  private static String describe(List<Candidate> candidates) {
    return candidates.isEmpty()
        ? "none"
        : candidates.stream().map(Candidate::toString).collect(Collectors.joining("; "));
  }
}
