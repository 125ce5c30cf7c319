package dev.jmr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.library.BuiltInModels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Models, as `GET /models` has them, as lines of a table.
final class ModelRows {
  private static final int SHORT = 12;
  private static final String LATEST = ":latest";
  private static final String NONE = "<none>";

  private ModelRows() {}

  /// A line for each name of each model; those that came with the program say so instead of when they were made.
  static Table table(JsonNode models, Instant now, BuiltInModels builtIn) {
    Table table =
        new Table(
            "MODEL NAME",
            "PARAMETERS",
            "QUANTIZATION",
            "ARCHITECTURE",
            "MODEL ID",
            "CREATED",
            "CONTEXT",
            "SIZE");
    for (JsonNode model : models) {
      String created =
          builtIn.contains(model.path("id").asText(""))
              ? "built in"
              : age(model.path("created").asLong(), now);
      names(model).forEach(name -> add(table, name, model, created));
    }
    return table;
  }

  private static String age(long created, Instant now) {
    return created == 0 ? "N/A" : HumanText.age(Instant.ofEpochSecond(created), now);
  }

  private static void add(Table table, String name, JsonNode model, String created) {
    JsonNode config = model.path("config");
    table.row(
        name,
        config.path("parameters").asText(""),
        config.path("quantization").asText(""),
        config.path("architecture").asText(""),
        shortId(model),
        created,
        config.path("context_size").asText(""),
        config.path("size").asText(""));
  }

  /// Names as people write them; `<none>` if it has none.
  static List<String> names(JsonNode model) {
    List<String> names = new ArrayList<>();
    model.path("tags").forEach(tag -> names.add(displayed(tag.asText())));
    return names.isEmpty() ? List.of(NONE) : names;
  }

  /// A full name without what everybody assumes.
  static String displayed(String tag) {
    String name = tag;
    for (String prefix : List.of("docker.io/", "index.docker.io/", "ai/")) {
      name = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
    return name.endsWith(LATEST) ? name.substring(0, name.length() - LATEST.length()) : name;
  }

  /// The first twelve digits of its id.
  static String shortId(JsonNode model) {
    String id = model.path("id").asText("");
    String hex = id.startsWith("sha256:") ? id.substring("sha256:".length()) : id;
    return hex.substring(0, Math.min(SHORT, hex.length()));
  }
}
