package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.model.embedding.Pooling;
import dev.jmr.runtime.ContextExceededException;
import dev.jmr.runtime.Embedding;
import dev.jmr.runtime.EmbeddingInput;
import dev.jmr.runtime.EmbeddingRequest;
import dev.jmr.runtime.Embeddings;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Ranking;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.RerankRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Embeddings and rankings, by asking the server. Thread-safe.
///
/// @param pooling with which the server was started
/// @param length of an embedding
record TextVectors(ServerCalls calls, Tokens tokens, Pooling pooling, int length) {
  private static final int RAW = -1;

  /// Special tokens around a query and a document at most.
  private static final int AROUND_PAIR = 4;

  /// Which tokens of an input count.
  private record Input(int[] ids, boolean truncated) {}

  Embeddings embed(EmbeddingRequest request) throws InterruptedException {
    check(request);
    List<Input> inputs = new ArrayList<>();
    ObjectNode body = RequestJson.object().put("embd_normalize", RAW);
    ArrayNode content = body.putArray("content");
    for (int i = 0; i < request.inputs().size(); i++) {
      Input input = input(i, request.inputs().get(i), request.truncate());
      inputs.add(input);
      Tokens.add(content.addArray(), input.ids());
    }
    JsonNode answer = calls.postInterruptibly("/embedding", body);
    if (answer.size() != inputs.size()) {
      throw new EngineException(
          "llama-server: expected %d embeddings, got %d".formatted(inputs.size(), answer.size()));
    }
    Embedding[] items = new Embedding[inputs.size()];
    for (JsonNode each : answer) {
      int index = Math.clamp(each.path("index").asInt(), 0, items.length - 1);
      Input input = inputs.get(index);
      items[index] =
          new Embedding(
              vectors(each.path("embedding"), request), input.ids().length, input.truncated());
    }
    return new Embeddings(Arrays.asList(items), pooling);
  }

  private void check(EmbeddingRequest request) {
    Pooling wanted = request.pooling().orElse(pooling);
    if (wanted != pooling) {
      throw new RequestException(
          "pooling: expected %s, with which llama-server was started, got %s; configure the model with --pooling %s"
              .formatted(pooling, wanted, wanted));
    }
    if (length > 0 && request.dimensions() > length) {
      throw new RequestException(
          "dimensions: expected 1 to %d, got %d".formatted(length, request.dimensions()));
    }
  }

  private Input input(int index, EmbeddingInput input, boolean truncate) {
    int[] ids =
        switch (input) {
          case EmbeddingInput.Text(String text, boolean parseSpecial) ->
              tokens.of(text, true, parseSpecial);
          case EmbeddingInput.Tokens(int[] given) -> tokens.checked(given);
        };
    if (ids.length == 0) {
      throw new RequestException("input %d: expected a text, got an empty one".formatted(index));
    }
    int most = tokens.contextLength();
    if (ids.length > most && !truncate) {
      throw new ContextExceededException(
          "input %d: expected at most %d tokens, got %d; let it be truncated or use a larger --ctx"
              .formatted(index, most, ids.length),
          ids.length,
          most);
    }
    return ids.length > most ? new Input(Arrays.copyOf(ids, most), true) : new Input(ids, false);
  }

  private float[][] vectors(JsonNode rows, EmbeddingRequest request) {
    float[][] vectors = new float[rows.size()][];
    for (int i = 0; i < vectors.length; i++) {
      JsonNode row = rows.get(i);
      float[] vector = new float[request.dimensions() == 0 ? row.size() : request.dimensions()];
      for (int j = 0; j < vector.length; j++) {
        vector[j] = (float) row.path(j).asDouble();
      }
      if (request.normalize() && pooling != Pooling.NONE) {
        normalize(vector);
      }
      vectors[i] = vector;
    }
    return vectors;
  }

  private static void normalize(float[] vector) {
    double sum = 0;
    for (float number : vector) {
      sum += (double) number * number;
    }
    double scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= (float) scale;
    }
  }

  Ranking rerank(RerankRequest request) throws InterruptedException {
    ObjectNode body = RequestJson.object().put("query", request.query());
    ArrayNode documents = body.putArray("documents");
    int queryTokens = tokens.of(request.query(), false, false).length;
    int room = tokens.contextLength() - queryTokens - AROUND_PAIR;
    boolean[] truncated = new boolean[request.documents().size()];
    int[] counts = new int[truncated.length];
    for (int i = 0; i < truncated.length; i++) {
      String document = request.documents().get(i);
      int[] ids = tokens.of(document, false, false);
      truncated[i] = ids.length > room;
      if (truncated[i] && !(request.truncate() && room > 0)) {
        throw new ContextExceededException(
            "document %d: expected at most %d tokens beside the query, got %d; let it be truncated or use a larger --ctx"
                .formatted(i, Math.max(0, room), ids.length),
            queryTokens + ids.length + AROUND_PAIR,
            tokens.contextLength());
      }
      documents.add(truncated[i] ? tokens.text(Arrays.copyOf(ids, room)) : document);
      counts[i] = queryTokens + Math.min(ids.length, room) + AROUND_PAIR;
    }
    JsonNode answer = calls.postInterruptibly("/rerank", body);
    return ranking(answer.path("results"), counts, truncated);
  }

  private static Ranking ranking(JsonNode results, int[] counts, boolean[] truncated) {
    float[] scores = new float[counts.length];
    for (JsonNode result : results) {
      int index = Math.clamp(result.path("index").asInt(), 0, scores.length - 1);
      scores[index] = (float) result.path("relevance_score").asDouble();
    }
    List<Ranking.Item> items = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      items.add(new Ranking.Item(i, scores[i], counts[i], truncated[i]));
    }
    return new Ranking(items);
  }
}
