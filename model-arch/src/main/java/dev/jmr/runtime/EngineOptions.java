package dev.jmr.runtime;

import dev.jmr.tensor.DeviceOptions;
import dev.jmr.tensor.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How to load a model.
///
/// @param contextLength tokens of prompt and answer together that one sequence may have; 0 = the smaller of 4096 and what
///     the model was trained with
/// @param maxSequences sequences that run at the same time; more wait in the queue
/// @param cacheTokens tokens of all sequences together, and of earlier ones that are kept, that the key-value cache holds:
///     at least one whole context; 0 = a whole context for each sequence
/// @param queueCapacity requests that wait at most; more are refused
/// @param promptChunk tokens of prompt per step; 0 = as it was tuned, otherwise 512
/// @param threads workers that compute; 0 = as it was tuned, otherwise the backend's own choice
/// @param backend the backend's name; empty = the best one available
/// @param kvType F16, F32 or Q8_0: how keys and values are kept
/// @param settings settings of the backend by name, which win over tuned ones
/// @param chatTemplate Jinja text that stands in for the model's own chat template
/// @param tuning the file of tuned settings, such as [dev.jmr.runtime.tuning.TuningFile#ofThisUser]; empty = none
/// @param arguments further ones for an engine that is a program with a command line; others pass them over
/// @param device which device to compute on, and how much of the model
public record EngineOptions(
    int contextLength,
    int maxSequences,
    int cacheTokens,
    int queueCapacity,
    int promptChunk,
    int threads,
    Optional<String> backend,
    TensorType kvType,
    Map<String, Integer> settings,
    Optional<String> chatTemplate,
    Optional<Path> tuning,
    List<String> arguments,
    DeviceOptions device) {
  /// Requests that wait at most, where nobody says another number.
  public static final int DEFAULT_QUEUE_CAPACITY = 64;

  public EngineOptions {
    if (contextLength < 0) {
      throw new IllegalArgumentException(
          "context length: expected 0 (automatic) or more, got " + contextLength);
    }
    if (maxSequences < 1 || promptChunk < 0) {
      throw new IllegalArgumentException(
          "engine options: expected at least one sequence and no negative prompt chunk, got %d and %d"
              .formatted(maxSequences, promptChunk));
    }
    if (cacheTokens < 0 || queueCapacity < 1) {
      throw new IllegalArgumentException(
          "engine options: expected no negative cache and a queue of at least one, got %d and %d"
              .formatted(cacheTokens, queueCapacity));
    }
    settings = Map.copyOf(settings);
    arguments = List.copyOf(arguments);
  }

  /// One sequence, F16 cache, everything else automatic; nothing tuned.
  public static EngineOptions defaults() {
    return new EngineOptions(
        0,
        1,
        0,
        DEFAULT_QUEUE_CAPACITY,
        0,
        0,
        Optional.empty(),
        TensorType.F16,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        DeviceOptions.NONE);
  }

  public EngineOptions withContextLength(int tokens) {
    return new EngineOptions(
        tokens,
        maxSequences,
        cacheTokens,
        queueCapacity,
        promptChunk,
        threads,
        backend,
        kvType,
        settings,
        chatTemplate,
        tuning,
        arguments,
        device);
  }

  public EngineOptions withMaxSequences(int sequences) {
    return new EngineOptions(
        contextLength,
        sequences,
        cacheTokens,
        queueCapacity,
        promptChunk,
        threads,
        backend,
        kvType,
        settings,
        chatTemplate,
        tuning,
        arguments,
        device);
  }

  public EngineOptions withCacheTokens(int tokens) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        tokens,
        queueCapacity,
        promptChunk,
        threads,
        backend,
        kvType,
        settings,
        chatTemplate,
        tuning,
        arguments,
        device);
  }

  public EngineOptions withQueueCapacity(int requests) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        cacheTokens,
        requests,
        promptChunk,
        threads,
        backend,
        kvType,
        settings,
        chatTemplate,
        tuning,
        arguments,
        device);
  }

  public EngineOptions withPromptChunk(int tokens) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        cacheTokens,
        queueCapacity,
        tokens,
        threads,
        backend,
        kvType,
        settings,
        chatTemplate,
        tuning,
        arguments,
        device);
  }

  public EngineOptions withThreads(int count) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        cacheTokens,
        queueCapacity,
        promptChunk,
        count,
        backend,
        kvType,
        settings,
        chatTemplate,
        tuning,
        arguments,
        device);
  }

  public EngineOptions withBackend(String name) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        cacheTokens,
        queueCapacity,
        promptChunk,
        threads,
        Optional.of(name),
        kvType,
        settings,
        chatTemplate,
        tuning,
        arguments,
        device);
  }

  public EngineOptions withKvType(TensorType type) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        cacheTokens,
        queueCapacity,
        promptChunk,
        threads,
        backend,
        type,
        settings,
        chatTemplate,
        tuning,
        arguments,
        device);
  }

  public EngineOptions withSettings(Map<String, Integer> values) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        cacheTokens,
        queueCapacity,
        promptChunk,
        threads,
        backend,
        kvType,
        values,
        chatTemplate,
        tuning,
        arguments,
        device);
  }

  public EngineOptions withTuning(Path file) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        cacheTokens,
        queueCapacity,
        promptChunk,
        threads,
        backend,
        kvType,
        settings,
        chatTemplate,
        Optional.of(file),
        arguments,
        device);
  }

  public EngineOptions withChatTemplate(String source) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        cacheTokens,
        queueCapacity,
        promptChunk,
        threads,
        backend,
        kvType,
        settings,
        Optional.of(source),
        tuning,
        arguments,
        device);
  }

  public EngineOptions withArguments(List<String> others) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        cacheTokens,
        queueCapacity,
        promptChunk,
        threads,
        backend,
        kvType,
        settings,
        chatTemplate,
        tuning,
        others,
        device);
  }

  public EngineOptions withDevice(DeviceOptions choice) {
    return new EngineOptions(
        contextLength,
        maxSequences,
        cacheTokens,
        queueCapacity,
        promptChunk,
        threads,
        backend,
        kvType,
        settings,
        chatTemplate,
        tuning,
        arguments,
        choice);
  }
}
