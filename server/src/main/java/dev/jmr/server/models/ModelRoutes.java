package dev.jmr.server.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.http.Json;
import dev.jmr.server.manager.CatalogModel;
import dev.jmr.server.manager.ModelDescription;
import dev.jmr.server.manager.ModelManager;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.TreeMap;

/// `GET /models` and `GET /models/{name}`: what is on this machine.
public final class ModelRoutes {
  private final ModelManager models;

  public ModelRoutes(ModelManager models) {
    this.models = models;
  }

  /// All models.
  public void all(ServerRequest request, ServerResponse response) {
    ArrayNode all = Json.array();
    models.catalog().models().forEach(model -> all.add(json(model)));
    Json.send(response, all);
  }

  /// One model, whose name may hold slashes.
  public void one(ServerRequest request, ServerResponse response) {
    Json.send(response, json(models.model(request.path().pathParameters().get("name"))));
  }

  private ObjectNode json(CatalogModel model) {
    ModelDescription description = model.description();
    ObjectNode node = Json.object();
    node.put("id", model.id());
    if (!model.tags().isEmpty()) {
      model.tags().forEach(node.putArray("tags")::add);
    }
    node.put("created", model.created().getEpochSecond());
    ObjectNode config = node.putObject("config");
    config.put("format", description.format());
    description.quantization().ifPresent(text -> config.put("quantization", text));
    description.parameters().ifPresent(text -> config.put("parameters", text));
    description.architecture().ifPresent(text -> config.put("architecture", text));
    description.size().ifPresent(text -> config.put("size", text));
    if (!description.gguf().isEmpty()) {
      ObjectNode gguf = config.putObject("gguf");
      new TreeMap<>(description.gguf()).forEach(gguf::put);
    }
    models.contextLength(model).ifPresent(size -> config.put("context_size", size));
    return node;
  }
}
