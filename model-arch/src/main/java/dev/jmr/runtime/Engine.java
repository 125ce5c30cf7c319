package dev.jmr.runtime;

/// A loaded model that answers requests. Thread-safe. Closing it ends all generations with an error event.
public interface Engine extends AutoCloseable {
  /// What is loaded, and on what it runs.
  EngineDescription description();

  /// Queues a request and returns at once; events come from [Generation#next].
  ///
  /// @throws EngineException if the prompt does not fit the context or a token id does not exist
  Generation submit(GenerationRequest request);

  @Override
  void close();
}
