package dev.jmr.bench.run;

import dev.jmr.runtime.tuning.Tuning;
import dev.jmr.tensor.DeviceOptions;
import dev.jmr.tensor.TensorType;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What tests run on: one executable is compiled for it.
///
/// @param model the GGUF file
/// @param backend the backend's name; empty = the best one
/// @param batch tokens that are submitted at once; only the last of them needs logits
/// @param microBatch tokens that are computed at once, at most; 0 = as tuned, otherwise the standard
/// @param kvType the type of the key-value cache
/// @param threads threads that compute; 0 = as tuned, otherwise the backend's choice
/// @param settings settings of the backend by name, which win over tuned ones
/// @param tuning the file of tuned settings; empty = none
/// @param device which device, and how much of the model is computed on it
public record Setup(
    Path model,
    Optional<String> backend,
    int batch,
    int microBatch,
    TensorType kvType,
    int threads,
    Map<String, Integer> settings,
    Optional<Path> tuning,
    DeviceOptions device) {
  public Setup {
    settings = Map.copyOf(settings);
  }

  /// With nothing set and nothing tuned.
  public Setup(
      Path model,
      Optional<String> backend,
      int batch,
      int microBatch,
      TensorType kvType,
      int threads) {
    this(
        model,
        backend,
        batch,
        microBatch,
        kvType,
        threads,
        Map.of(),
        Optional.empty(),
        DeviceOptions.NONE);
  }

  /// With what was tuned in the place of what was left open.
  public Setup tuned(Tuning found) {
    return new Setup(
        model,
        backend,
        batch,
        found.promptChunk(microBatch),
        kvType,
        found.threads(threads),
        found.backend(settings),
        tuning,
        device);
  }

  /// Tokens of a forward pass.
  int passTokens() {
    return Math.min(batch, microBatch);
  }
}
