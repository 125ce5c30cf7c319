package dev.jmr.bench.run;

import dev.jmr.tensor.TensorType;
import java.nio.file.Path;
import java.util.Optional;

/// What tests run on: one executable is compiled for it.
///
/// @param model the GGUF file
/// @param backend the backend's name; empty = the best one
/// @param batch tokens that are submitted at once; only the last of them needs logits
/// @param microBatch tokens that are computed at once, at most
/// @param kvType the type of the key-value cache
/// @param threads threads that compute; 0 = the backend's choice
public record Setup(
    Path model,
    Optional<String> backend,
    int batch,
    int microBatch,
    TensorType kvType,
    int threads) {
  /// Tokens of a forward pass.
  int passTokens() {
    return Math.min(batch, microBatch);
  }
}
