package dev.jmr.cli;

import dev.jmr.runtime.EngineOptions;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options of every command that loads a model to answer with it.
final class LoadOptions extends ComputeOptions {
  @Option(
      names = "--ctx",
      paramLabel = "TOKENS",
      description =
          "Length of the context: prompt and answer together (default: the model's, at most 4096).")
  private int contextLength;

  @Option(
      names = {"-ctk", "--cache-type"},
      paramLabel = "TYPE",
      description =
          "Type of the keys and values in the cache: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). Q8_0 takes half the memory.")
  private CacheType cacheType = CacheType.F16;

  /// 0 = automatic.
  ///
  /// @throws ParameterException if it is outside its range
  int contextLength() {
    requireInRange("--ctx", contextLength, 1 << 24);
    return contextLength;
  }

  /// @throws ParameterException if a value is outside its range
  EngineOptions toEngineOptions() {
    EngineOptions options =
        EngineOptions.defaults()
            .withContextLength(contextLength())
            .withThreads(threads())
            .withKvType(cacheType.tensorType())
            .withDevice(device());
    return backend().map(options::withBackend).orElse(options);
  }
}
