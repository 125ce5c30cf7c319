package dev.jmr.runtime.local;

import dev.jmr.model.embedding.Pooling;
import dev.jmr.model.embedding.RankHead;
import dev.jmr.model.embedding.Vectors;
import dev.jmr.runtime.Capabilities;
import dev.jmr.runtime.Embedding;
import dev.jmr.runtime.EmbeddingRequest;
import dev.jmr.runtime.Embeddings;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Ranking;
import dev.jmr.runtime.RerankRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Serves embeddings and rankings on the thread that asks: checks, encodes, waits for the engine's thread, and puts the
/// result into shape. Thread-safe.
final class LocalEmbedding {
  private final Capabilities capabilities;
  private final Optional<RankHead> head;
  private final TextEncoder encoder;
  private final RequestQueue<EmbeddingTask> queue;

  LocalEmbedding(LoadedModel loaded, RequestQueue<EmbeddingTask> queue) {
    this.capabilities = loaded.description().capabilities();
    this.head =
        capabilities.can(Capabilities.Task.RERANK) ? RankHead.of(loaded.model()) : Optional.empty();
    this.encoder = new TextEncoder(loaded.model(), loaded.description().contextLength());
    this.queue = queue;
  }

  Embeddings embed(EmbeddingRequest request) throws InterruptedException {
    Pooling pooling = request.pooling().orElse(capabilities.pooling());
    if (pooling == Pooling.RANK) {
      throw new EngineException(
          "embedding: expected a model that embeds, got one that can %s; choose a pooling to embed with it nevertheless"
              .formatted(capabilities));
    }
    if (request.dimensions() > capabilities.embeddingLength()) {
      throw new EngineException(
          "dimensions: expected 1 to %d, got %d"
              .formatted(capabilities.embeddingLength(), request.dimensions()));
    }
    List<TextEncoder.Encoded> texts = new ArrayList<>();
    for (int i = 0; i < request.inputs().size(); i++) {
      texts.add(encoder.encode("input " + i, request.inputs().get(i), request.truncate()));
    }
    float[][][] vectors = compute(EmbeddingTask.Kind.EMBEDDING, pooling, texts);
    List<Embedding> items = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      TextEncoder.Encoded text = texts.get(i);
      items.add(
          new Embedding(shaped(vectors[i], pooling, request), text.ids().length, text.truncated()));
    }
    return new Embeddings(items, pooling);
  }

  Ranking rerank(RerankRequest request) throws InterruptedException {
    RankHead ranks =
        head.orElseThrow(() ->
            new EngineException(
                "reranking: expected a model with pooling rank and a rank head, got one that can "
                    + capabilities));
    List<TextEncoder.Encoded> pairs = new ArrayList<>();
    for (int i = 0; i < request.documents().size(); i++) {
      String document = request.documents().get(i);
      pairs.add(encoder.encodePair("document " + i, request.query(), document, request.truncate()));
    }
    float[][][] rows = compute(EmbeddingTask.Kind.RANKING, ranks.token(), pairs);
    List<Ranking.Item> items = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      float[] row = rows[i][0];
      TextEncoder.Encoded pair = pairs.get(i);
      items.add(
          new Ranking.Item(
              i, ranks.score(row, 0, row.length), pair.ids().length, pair.truncated()));
    }
    return new Ranking(items);
  }

  private float[][][] compute(
      EmbeddingTask.Kind kind, Pooling pooling, List<TextEncoder.Encoded> texts)
      throws InterruptedException {
    EmbeddingTask task =
        new EmbeddingTask(kind, pooling, texts.stream().map(TextEncoder.Encoded::ids).toList());
    queue.add(task);
    float[][][] vectors = task.await();
    for (float[][] text : vectors) {
      for (float[] vector : text) {
        requireFinite(vector);
      }
    }
    return vectors;
  }

  private static float[][] shaped(float[][] vectors, Pooling pooling, EmbeddingRequest request) {
    for (int i = 0; i < vectors.length; i++) {
      if (request.dimensions() > 0) {
        vectors[i] = Arrays.copyOf(vectors[i], request.dimensions());
      }
      if (request.normalize() && pooling != Pooling.NONE) {
        Vectors.normalize(vectors[i]);
      }
    }
    return vectors;
  }

  private static void requireFinite(float... vector) {
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new EngineException(
            "embedding failed: expected finite numbers, got %s at %d; the model's weights may be broken"
                .formatted(vector[i], i));
      }
    }
  }
}
