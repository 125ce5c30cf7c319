package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.http.Json;
import dev.jmr.server.manager.CatalogModel;
import dev.jmr.server.manager.ModelDescription;
import dev.jmr.server.manager.ModelManager;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// `GET /models` and `GET /models/{id}`, in which an id may hold slashes. Loads nothing.
public final class ModelList {
  private final ModelManager models;

  public ModelList(ModelManager models) {
    this.models = models;
  }

  /// All models.
  public void all(ServerRequest request, ServerResponse response) {
    ObjectNode answer = Json.object();
    answer.put("object", "list");
    ArrayNode data = answer.putArray("data");
    models.catalog().models().forEach(model -> data.add(json(model)));
    Json.send(response, answer);
  }

  /// One model.
  public void one(ServerRequest request, ServerResponse response) {
    String name = request.path().pathParameters().get("name");
    Json.send(response, json(models.model(name)));
  }

  private ObjectNode json(CatalogModel model) {
    ModelDescription description = model.description();
    ObjectNode node = Json.object();
    node.put("id", model.name());
    node.put("object", "model");
    node.put("created", model.created().getEpochSecond());
    node.put("owned_by", "docker");
    ObjectNode details = node.putObject("dmr");
    models.contextLength(model).ifPresent(size -> details.put("context_window", size));
    description.architecture().ifPresent(text -> details.put("architecture", text));
    description.parameters().ifPresent(text -> details.put("parameters", text));
    description.quantization().ifPresent(text -> details.put("quantization", text));
    description.size().ifPresent(text -> details.put("size", text));
    if (details.isEmpty()) {
      node.remove("dmr");
    }
    return node;
  }
}
