package dev.jmr.bench;

import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.tuning.TuningFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of commands that compute with what [dev.jmr.bench.tune.TuneCommand] found.
public final class TuningOptions {
  @Option(
      names = "--set",
      paramLabel = "NAME=N",
      description = "A setting of the backend, instead of the tuned or the standard one.")
  private Map<String, Integer> settings = new LinkedHashMap<>();

  @Option(
      names = "--tuning",
      paramLabel = "FILE",
      description = "Where 'jmr bench tune' keeps what it found (default: the user's file).")
  private @Nullable Path file;

  @Option(
      names = "--no-tuning",
      description = "Do not use what 'jmr bench tune' found for this machine and kind of model.")
  private boolean off;

  /// Settings of the backend by name, which win over tuned ones.
  public Map<String, Integer> settings() {
    return Map.copyOf(settings);
  }

  /// The file that tuned settings come from; empty = they are not wanted.
  public Optional<Path> file() {
    return off
        ? Optional.empty()
        : Optional.of(Optional.ofNullable(file).orElseGet(TuningFile::ofThisUser));
  }

  /// `options` with what these ask for.
  public EngineOptions addTo(EngineOptions options) {
    EngineOptions set = options.withSettings(settings());
    return file().map(set::withTuning).orElse(set);
  }
}
