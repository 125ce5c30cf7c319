package dev.jmr.server.library;

import dev.jmr.server.artifact.ModelConfig;
import dev.jmr.server.artifact.ModelConfigJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model as Docker Model Runner's clients and as OpenAI's clients are told of it: maps, lists,
/// texts and numbers, ready for any JSON writer.
public final class ModelJson {
  private ModelJson() {}

  /// The object of `GET /models`.
  public static Map<String, Object> docker(ModelEntry entry) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", entry.id().toString());
    if (!entry.tags().isEmpty()) {
      model.put("tags", entry.tags());
    }
    model.put("created", entry.createdSeconds());
    model.put("config", ModelConfigJson.fields(entry.config()));
    return model;
  }

  /// The object of `GET /v1/models/ID`; what Docker Model Runner adds stands under `dmr`.
  public static Map<String, Object> openAi(ModelEntry entry) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", entry.name());
    model.put("object", "model");
    model.put("created", entry.createdSeconds());
    model.put("owned_by", "docker");
    Map<String, Object> details = details(entry.config());
    if (!details.isEmpty()) {
      model.put("dmr", details);
    }
    return model;
  }

  /// The object of `GET /v1/models`.
  public static Map<String, Object> openAi(List<ModelEntry> entries) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("object", "list");
    list.put("data", entries.stream().map(ModelJson::openAi).toList());
    return list;
  }

  private static Map<String, Object> details(ModelConfig config) {
    Map<String, Object> details = new LinkedHashMap<>();
    config.contextSize().ifPresent(tokens -> details.put("context_window", tokens));
    putText(details, "architecture", config.architecture());
    putText(details, "parameters", config.parameters());
    putText(details, "quantization", config.quantization());
    putText(details, "size", config.size());
    return details;
  }

  private static void putText(Map<String, Object> map, String name, String text) {
    if (!text.isEmpty()) {
      map.put(name, text);
    }
  }
}
