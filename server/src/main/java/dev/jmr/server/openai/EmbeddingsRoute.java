package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.model.embedding.Pooling;
import dev.jmr.runtime.EmbeddingInput;
import dev.jmr.runtime.EmbeddingRequest;
import dev.jmr.runtime.Embeddings;
import dev.jmr.runtime.EngineException;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Failures;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import dev.jmr.server.manager.Lease;
import dev.jmr.server.manager.Mode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/// `POST /embeddings`.
public final class EmbeddingsRoute implements Exchange.Route {
  private static final int MAX_DIMENSIONS = 1 << 20;

  @Override
  public void handle(Exchange exchange) throws InterruptedException {
    if (exchange.preloaded(Mode.EMBEDDING)) {
      return;
    }
    Fields fields = exchange.fields();
    boolean base64 = base64(fields);
    EmbeddingRequest request =
        EmbeddingRequest.of(inputs(fields))
            .withDimensions(fields.integer("dimensions", 1, MAX_DIMENSIONS).orElse(0))
            .withTruncate(fields.bool("truncate", fields.has("truncate_prompt_tokens")));
    try (Lease lease = exchange.lease(Mode.EMBEDDING)) {
      exchange.send(json(exchange.model(), embed(lease, request), base64));
    }
  }

  /// One vector for each text, as clients expect: of a model that does not say how, the last token's, which has seen all.
  private static Embeddings embed(Lease lease, EmbeddingRequest request)
      throws InterruptedException {
    boolean pooled = lease.engine().description().capabilities().pooling() != Pooling.NONE;
    try {
      return lease.engine().embed(pooled ? request : request.withPooling(Pooling.LAST));
    } catch (EngineException e) {
      throw lease.engine().running() ? Failures.refused(e) : e;
    }
  }

  private static boolean base64(Fields fields) {
    String format = fields.string("encoding_format").orElse("float");
    return switch (format) {
      case "float" -> false;
      case "base64" -> true;
      default ->
          throw ApiException.invalid(
              "encoding_format",
              "encoding_format: expected float or base64, got '%s'".formatted(format));
    };
  }

  private static List<EmbeddingInput> inputs(Fields fields) {
    return TokenInputs.read(fields, "input").stream()
        .<EmbeddingInput>map(input ->
            switch (input) {
              case TokenInputs.Input.Text(String text) -> new EmbeddingInput.Text(text, false);
              case TokenInputs.Input.Tokens(int[] ids) -> new EmbeddingInput.Tokens(ids);
            })
        .toList();
  }

  private static ObjectNode json(String model, Embeddings embeddings, boolean base64) {
    ObjectNode answer = Json.object();
    answer.put("object", "list");
    answer.put("model", model);
    ArrayNode data = answer.putArray("data");
    for (int i = 0; i < embeddings.items().size(); i++) {
      ObjectNode item = data.addObject();
      item.put("object", "embedding");
      item.put("index", i);
      float[] vector = embeddings.items().get(i).vector();
      if (base64) {
        item.put("embedding", base64(vector));
      } else {
        ArrayNode numbers = item.putArray("embedding");
        for (float number : vector) {
          numbers.add(number);
        }
      }
    }
    answer
        .putObject("usage")
        .put("prompt_tokens", embeddings.tokenCount())
        .put("total_tokens", embeddings.tokenCount());
    return answer;
  }

  /// Little-endian floats, as OpenAI's clients decode them.
  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
