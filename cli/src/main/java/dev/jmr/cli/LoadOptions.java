package dev.jmr.cli;

import dev.jmr.runtime.EngineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of every command that loads a model to compute with it.
final class LoadOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--ctx",
      paramLabel = "TOKENS",
      description =
          "Length of the context: prompt and answer together (default: the model's, at most 4096).")
  private int contextLength;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: one per core).")
  private int threads;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "What to compute on; 'jmr version' lists what there is (default: the best).")
  private @Nullable String backend;

  /// @throws ParameterException if a value is outside its range
  EngineOptions toEngineOptions() {
    requireInRange("--ctx", contextLength, 1 << 24);
    requireInRange("--threads", threads, 1024);
    EngineOptions options =
        EngineOptions.defaults().withContextLength(contextLength).withThreads(threads);
    return backend == null ? options : options.withBackend(backend);
  }

  private void requireInRange(String name, int value, int max) {
    if (value < 0 || value > max) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: expected 0 (automatic) to %d, got %d".formatted(name, max, value));
    }
  }
}
