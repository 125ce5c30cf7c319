package dev.jmr.runtime;

/// A loaded model that answers requests. Thread-safe. Closing it ends everything that runs or waits with an error.
///
/// What a model can is in its description; what it cannot is refused with an [EngineException] that says what it can.
public interface Engine extends AutoCloseable {
  /// What is loaded, what it can, and on what it runs.
  EngineDescription description();

  /// Queues a request and returns at once; events come from [Generation#next].
  ///
  /// @throws EngineException if the model does not generate text, the prompt does not fit the context, a token id does not
  ///     exist, or too many requests wait
  Generation submit(GenerationRequest request);

  /// Waits for the embeddings of all inputs, which share passes with those of other threads and take turns with what is
  /// being generated. An input's embedding does not depend on what it is computed with, but for rounding.
  ///
  /// @throws EngineException if the model does not embed, an input is empty or does not fit the context, a token id does
  ///     not exist, there are fewer dimensions, too many requests wait, or the computation failed: no input has a result then
  /// @throws InterruptedException if this thread was interrupted; what is not computed by then never is
  Embeddings embed(EmbeddingRequest request) throws InterruptedException;

  /// Waits for the scores of all documents, as [#embed] does for embeddings.
  ///
  /// @throws EngineException if the model is no reranker, or as [#embed] does
  /// @throws InterruptedException if this thread was interrupted; what is not computed by then never is
  Ranking rerank(RerankRequest request) throws InterruptedException;

  @Override
  void close();
}
