package dev.jmr.server.manager;

import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.Engines;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What clients call the engines. Docker Model Runner's clients know one for GGUF files, `llama.cpp`: that is llama.cpp's own
/// server where its user has one, and ours otherwise. Every engine is also found by its own name.
public final class BackendNames {
  /// Docker Model Runner's name of the engine that runs GGUF files.
  public static final String DOCKERS = "llama.cpp";

  /// The name of our own engine.
  static final String OURS = "local";

  /// The name of the engine that is llama.cpp.
  private static final String LLAMA_CPP = "llama-server";

  private final List<Engines.Candidate> candidates;

  BackendNames(List<Engines.Candidate> candidates) {
    this.candidates = candidates;
  }

  /// The engine that a client means.
  ///
  /// @throws BackendException if there is none of that name, or it cannot be used here
  public EngineProvider engine(String backend) {
    Engines.Candidate candidate = requireKnown(backend);
    candidate
        .unavailable()
        .ifPresent(reason -> {
          throw new BackendException(
              "backend \"%s\" is not installed: %s".formatted(backend, reason), true);
        });
    return candidate.provider();
  }

  /// The engine that a client means, whether or not it can be used here.
  ///
  /// @throws BackendException if there is none of that name
  public Engines.Candidate requireKnown(String backend) {
    return find(backend)
        .orElseThrow(() ->
            new BackendException(
                "backend not found; expected one of %s, got '%s'"
                    .formatted(String.join(", ", known()), backend),
                false));
  }

  /// The same; empty if there is none.
  public Optional<Engines.Candidate> find(String backend) {
    String name = backend.equals(DOCKERS) ? dockers() : backend;
    return candidates.stream()
        .filter(candidate -> candidate.provider().name().equals(name))
        .findFirst();
  }

  /// What clients are told instead of an engine's name.
  public String backend(String engine) {
    return engine.equals(dockers()) ? DOCKERS : engine;
  }

  private String dockers() {
    return candidates.stream()
        .filter(Engines.Candidate::available)
        .map(candidate -> candidate.provider().name())
        .filter(LLAMA_CPP::equals)
        .findFirst()
        .orElse(OURS);
  }

  private Set<String> known() {
    Set<String> names = new TreeSet<>();
    names.add(DOCKERS);
    candidates.forEach(candidate -> names.add(candidate.provider().name()));
    return names;
  }
}
