package dev.jmr.runtime.local;

import dev.jmr.model.embedding.Pooling;
import dev.jmr.runtime.EngineException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Texts that one thread waits for and the engine's thread embeds, or feeds to the rank head.
final class EmbeddingTask implements RequestQueue.Request {
  /// What is put out of a text's rows.
  enum Kind {
    EMBEDDING,
    RANKING
  }

  private final Kind kind;
  private final Pooling pooling;
  private final List<int[]> texts;
  private final CompletableFuture<float[][][]> result = new CompletableFuture<>();

  /// Of the engine's thread, until all are there.
  private final float[][][] vectors;

  private int missing;

  /// @param pooling any but [Pooling#RANK]
  /// @param texts token ids, each at least one and at most as many as the context holds
  EmbeddingTask(Kind kind, Pooling pooling, List<int[]> texts) {
    this.kind = kind;
    this.pooling = pooling;
    this.texts = List.copyOf(texts);
    this.vectors = new float[texts.size()][][];
    this.missing = texts.size();
  }

  Kind kind() {
    return kind;
  }

  Pooling pooling() {
    return pooling;
  }

  List<int[]> texts() {
    return texts;
  }

  /// Waits for the vectors of all texts, in their order.
  ///
  /// @throws InterruptedException after it took the task back
  float[][][] await() throws InterruptedException {
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(false);
      throw e;
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new EngineException(String.valueOf(cause.getMessage()), cause);
    }
  }

  /// Takes the vectors of one text; hands all over with the last.
  void complete(int text, float[][] embedding) {
    vectors[text] = embedding;
    missing--;
    if (missing == 0) {
      result.complete(vectors);
    }
  }

  /// Whether nobody waits any more: it was taken back, failed, or is complete.
  @Override
  public boolean cancelled() {
    return result.isDone();
  }

  @Override
  public void finishCancelled() {
    result.cancel(false);
  }

  @Override
  public void fail(EngineException cause) {
    result.completeExceptionally(cause);
  }
}
