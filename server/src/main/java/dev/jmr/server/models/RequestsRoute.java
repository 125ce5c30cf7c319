package dev.jmr.server.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.http.ClientConnection;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Json;
import dev.jmr.server.http.SseWriter;
import dev.jmr.server.manager.CatalogModel;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.record.ModelRecords;
import dev.jmr.server.record.RequestRecord;
import dev.jmr.server.record.RequestRecorder;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/// `GET /engines/requests`: the last requests to a model, or to all; as events also those to come.
public final class RequestsRoute {
  private static final long PING_MILLIS = 10_000;

  private final Exchange.Context context;
  private final ModelManager models;
  private final RequestRecorder recorder;

  public RequestsRoute(Exchange.Context context) {
    this.context = context;
    this.models = context.models();
    this.recorder = context.recorder();
  }

  /// Answers.
  public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    Optional<String> model =
        request.query().first("model").filter(name -> !name.isEmpty()).map(this::id);
    boolean events =
        request
            .headers()
            .first(HeaderNames.ACCEPT)
            .filter(accept -> accept.contains("text/event-stream"))
            .isPresent();
    if (events) {
      boolean existing =
          request.query().first("include_existing").filter("true"::equals).isPresent();
      ClientConnection.whileThere(() -> follow(response, model, existing));
    } else {
      Json.send(response, json(recorder.records(model)));
    }
  }

  /// Requests are kept by what their model is, whatever they called it. A name that nothing has stands for itself.
  private String id(String name) {
    return models.catalog().find(name).map(CatalogModel::id).orElse(name);
  }

  private void follow(ServerResponse response, Optional<String> model, boolean existing)
      throws InterruptedException {
    try (RequestRecorder.Subscription news = recorder.subscribe(model);
        SseWriter events = context.events(response)) {
      events.send("connected", Json.object().put("status", "connected"));
      if (existing) {
        for (ModelRecords records : recorder.records(model)) {
          events.send("existing_request", json(List.of(records)));
        }
      }
      while (true) {
        Optional<ModelRecords> next = news.next(PING_MILLIS);
        if (next.isPresent()) {
          events.send("new_request", json(List.of(next.get())));
        } else {
          events.ping();
        }
      }
    }
  }

  private ArrayNode json(List<ModelRecords> all) {
    ArrayNode array = Json.array();
    for (ModelRecords records : all) {
      ObjectNode node = array.addObject();
      node.put("count", records.records().size());
      node.put("model", records.model());
      node.set("config", ModelSettingsJson.config(models.settings().of(records.modelId())));
      ArrayNode list = node.putArray("records");
      records.records().forEach(record -> list.add(json(record)));
    }
    return array;
  }

  private static ObjectNode json(RequestRecord record) {
    ObjectNode node = Json.object();
    node.put("id", record.id());
    node.put("model", record.model());
    node.put("method", record.method());
    node.put("url", record.url());
    node.put("request", record.request());
    record.response().ifPresent(text -> node.put("response", text));
    record.error().ifPresent(text -> node.put("error", text));
    node.put("timestamp", record.timestamp().toString());
    node.put("status_code", record.statusCode());
    record.userAgent().ifPresent(text -> node.put("user_agent", text));
    record.origin().ifPresent(text -> node.put("origin", text));
    return node;
  }
}
