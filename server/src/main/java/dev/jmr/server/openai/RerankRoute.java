package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Ranking;
import dev.jmr.runtime.RerankRequest;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Failures;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import dev.jmr.server.manager.Lease;
import dev.jmr.server.manager.Mode;
import java.util.ArrayList;
import java.util.List;

/// `POST /rerank`: with `documents` as Jina's and Cohere's API, with `texts` as Hugging Face's.
public final class RerankRoute implements Exchange.Route {
  private static final int MAX_DOCUMENTS = 1 << 14;

  @Override
  public void handle(Exchange exchange) throws InterruptedException {
    if (exchange.preloaded(Mode.RERANKING)) {
      return;
    }
    Fields fields = exchange.fields();
    String name = fields.has("texts") ? "texts" : "documents";
    List<String> documents = documents(fields, name);
    int top = fields.integer("top_n", 1, Integer.MAX_VALUE).orElse(documents.size());
    RerankRequest request =
        new RerankRequest(
            fields.requiredString("query"), documents, fields.bool("truncate", false));
    try (Lease lease = exchange.lease(Mode.RERANKING)) {
      Ranking ranking = rank(lease, request);
      exchange.send(
          name.equals("texts") ? texts(ranking) : documents(exchange, ranking, documents, top));
    }
  }

  private static Ranking rank(Lease lease, RerankRequest request) throws InterruptedException {
    try {
      return lease.engine().rerank(request);
    } catch (EngineException e) {
      throw lease.engine().running() ? Failures.refused(e) : e;
    }
  }

  /// Texts, or objects with a text.
  private static List<String> documents(Fields fields, String name) {
    List<JsonNode> elements =
        fields.list(name, MAX_DOCUMENTS).orElseThrow(() -> fields.missing(name));
    if (elements.isEmpty()) {
      throw ApiException.invalid(name, name + ": expected at least one, got none");
    }
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      JsonNode element = elements.get(i);
      JsonNode text = element.isObject() ? element.path("text") : element;
      fields.require(text.isTextual(), name + "[" + i + "]", "a text", element);
      documents.add(text.textValue());
    }
    return documents;
  }

  private static JsonNode texts(Ranking ranking) {
    ArrayNode array = Json.array();
    for (Ranking.Item item : ranking.best(ranking.items().size())) {
      array.addObject().put("index", item.index()).put("score", item.score());
    }
    return array;
  }

  private static JsonNode documents(
      Exchange exchange, Ranking ranking, List<String> documents, int top) {
    boolean withText = exchange.fields().bool("return_documents", false);
    ObjectNode answer = Json.object();
    answer.put("model", exchange.model());
    answer.put("object", "list");
    answer
        .putObject("usage")
        .put("prompt_tokens", ranking.tokenCount())
        .put("total_tokens", ranking.tokenCount());
    ArrayNode results = answer.putArray("results");
    for (Ranking.Item item : ranking.best(top)) {
      ObjectNode result = results.addObject();
      result.put("index", item.index());
      result.put("relevance_score", item.score());
      if (withText) {
        result.putObject("document").put("text", documents.get(item.index()));
      }
    }
    return answer;
  }
}
