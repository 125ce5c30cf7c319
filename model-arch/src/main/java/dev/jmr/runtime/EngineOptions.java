package dev.jmr.runtime;

import dev.jmr.tensor.TensorType;
import java.util.Optional;

/// How to load a model.
///
/// @param contextLength tokens of prompt and answer together that one sequence may have; 0 = the smaller of 4096 and what
///     the model was trained with
/// @param maxSequences sequences that run at the same time; more wait in the queue
/// @param promptChunk tokens of prompt per step
/// @param threads workers that compute; 0 = the backend's own choice
/// @param backend the backend's name; empty = the best one available
/// @param kvType F16 or F32: how keys and values are kept
public record EngineOptions(
    int contextLength,
    int maxSequences,
    int promptChunk,
    int threads,
    Optional<String> backend,
    TensorType kvType) {
  public EngineOptions {
    if (contextLength < 0) {
      throw new IllegalArgumentException(
          "context length: expected 0 (automatic) or more, got " + contextLength);
    }
    if (maxSequences < 1 || promptChunk < 1) {
      throw new IllegalArgumentException(
          "engine options: expected at least one sequence and a prompt chunk of one token, got %d and %d"
              .formatted(maxSequences, promptChunk));
    }
  }

  /// One sequence, prompt chunks of 512 tokens, F16 cache, everything else automatic.
  public static EngineOptions defaults() {
    return new EngineOptions(0, 1, 512, 0, Optional.empty(), TensorType.F16);
  }

  public EngineOptions withContextLength(int tokens) {
    return new EngineOptions(tokens, maxSequences, promptChunk, threads, backend, kvType);
  }

  public EngineOptions withMaxSequences(int sequences) {
    return new EngineOptions(contextLength, sequences, promptChunk, threads, backend, kvType);
  }

  public EngineOptions withPromptChunk(int tokens) {
    return new EngineOptions(contextLength, maxSequences, tokens, threads, backend, kvType);
  }

  public EngineOptions withThreads(int count) {
    return new EngineOptions(contextLength, maxSequences, promptChunk, count, backend, kvType);
  }

  public EngineOptions withBackend(String name) {
    return new EngineOptions(
        contextLength, maxSequences, promptChunk, threads, Optional.of(name), kvType);
  }

  public EngineOptions withKvType(TensorType type) {
    return new EngineOptions(contextLength, maxSequences, promptChunk, threads, backend, type);
  }
}
