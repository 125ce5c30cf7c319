package dev.jmr.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import dev.jmr.server.manager.BackendNames;
import dev.jmr.server.manager.KeepAlive;
import dev.jmr.server.manager.Mode;
import dev.jmr.server.manager.ModelSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/// How a model is run, in the JSON of `/engines/_configure`.
public final class ModelSettingsJson {
  private static final int MAX_CONTEXT = 1 << 26;
  private static final int MAX_FLAGS = 1000;

  private ModelSettingsJson() {}

  /// What the body of `POST /engines/_configure` says.
  ///
  /// @throws ApiException 400 naming what makes no sense
  public static ModelSettings read(Fields fields) {
    List<String> flags = flags(fields);
    RuntimeFlags read = RuntimeFlags.read(flags);
    OptionalInt context = fields.integer("context-size", -1, MAX_CONTEXT);
    OptionalInt size = context.orElse(0) > 0 ? context : read.contextSize();
    OptionalInt budget =
        fields
            .object("llamacpp")
            .map(o -> o.integer("reasoning-budget", -1, MAX_CONTEXT))
            .orElse(read.reasoningBudget());
    return new ModelSettings(
        size,
        fields.value("keep_alive").map(value -> KeepAlive.parse(value.asText())),
        read.sampling(),
        flags,
        budget);
  }

  private static List<String> flags(Fields fields) {
    List<String> flags = new ArrayList<>();
    for (JsonNode flag : fields.list("runtime-flags", MAX_FLAGS).orElse(List.of())) {
      flags.add(flag.asText());
    }
    Optional<String> raw = fields.string("raw-runtime-flags").filter(text -> !text.isBlank());
    if (raw.isPresent() && !flags.isEmpty()) {
      throw ApiException.invalid(
          "raw-runtime-flags", "raw-runtime-flags: expected none beside 'runtime-flags', got some");
    }
    raw.ifPresent(text -> flags.addAll(List.of(text.strip().split("\\s+"))));
    return flags;
  }

  /// An element of what `GET /engines/_configure` answers.
  ///
  /// @param id of the model
  /// @param name of the model
  /// @param backend what clients call an engine
  public static ObjectNode entry(
      String id, String name, ModelSettings settings, UnaryOperator<String> backend) {
    ObjectNode node = Json.object();
    node.put("Backend", settings.engine().map(backend).orElse(BackendNames.DOCKERS));
    node.put("Model", name);
    node.put("ModelID", id);
    node.put("Mode", Mode.COMPLETION.text());
    node.set("Config", config(settings));
    return node;
  }

  /// Settings as they are given.
  public static ObjectNode config(ModelSettings settings) {
    ObjectNode config = Json.object();
    settings.contextSize().ifPresent(size -> config.put("context-size", size));
    settings.keepAlive().ifPresent(time -> config.put("keep_alive", time.toString()));
    if (!settings.runtimeFlags().isEmpty()) {
      settings.runtimeFlags().forEach(config.putArray("runtime-flags")::add);
    }
    settings
        .reasoningBudget()
        .ifPresent(tokens -> config.putObject("llamacpp").put("reasoning-budget", tokens));
    return config;
  }
}
