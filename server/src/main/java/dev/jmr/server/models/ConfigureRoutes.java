package dev.jmr.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import dev.jmr.server.manager.BackendNames;
import dev.jmr.server.manager.CatalogModel;
import dev.jmr.server.manager.KeepAlive;
import dev.jmr.server.manager.Mode;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.manager.ModelSettings;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// `GET` and `POST /engines/_configure`: how models are run. Outlives the server, and goes for all uses of a model.
public final class ConfigureRoutes {
  private static final System.Logger LOG = System.getLogger(ConfigureRoutes.class.getName());
  private static final int MAX_CONTEXT = 1 << 26;
  private static final int MAX_FLAGS = 1000;

  private final ModelManager models;

  public ConfigureRoutes(ModelManager models) {
    this.models = models;
  }

  /// Configures a model, answers 202, and begins to load it.
  public void set(Exchange exchange) {
    Fields fields = exchange.fields();
    String name = fields.requiredString("model");
    Optional<String> engine =
        exchange.backend().map(backend -> models.engines().names().engine(backend).name());
    ModelSettings settings = settings(fields);
    models.configure(name, engine.map(settings::withEngine).orElse(settings));
    Thread.ofVirtual().name("jmr-preload").start(() -> preload(name, mode(fields)));
    exchange.response().status(202);
    exchange.response().send();
  }

  private void preload(String name, Mode mode) {
    try {
      models.lease(name, mode, Optional.empty()).close();
    } catch (RuntimeException | InterruptedException e) {
      // The manager tells everybody; and the next request, whoever makes it.
      LOG.log(System.Logger.Level.DEBUG, "model " + name + " could not be loaded", e);
    }
  }

  private static Mode mode(Fields fields) {
    String mode = fields.string("mode").orElse("");
    return Arrays.stream(Mode.values())
        .filter(known -> known.text().equals(mode))
        .findFirst()
        .orElse(Mode.COMPLETION);
  }

  private static ModelSettings settings(Fields fields) {
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

  /// What is configured, of all models or one.
  public void get(ServerRequest request, ServerResponse response) {
    Optional<String> wanted = request.query().first("model").map(name -> models.model(name).id());
    ArrayNode all = Json.array();
    models
        .settings()
        .all()
        .forEach((id, settings) -> {
          if (wanted.isEmpty() || wanted.get().equals(id)) {
            all.add(json(id, settings));
          }
        });
    Json.send(response, all);
  }

  private ObjectNode json(String id, ModelSettings settings) {
    BackendNames names = models.engines().names();
    ObjectNode node = Json.object();
    node.put("Backend", settings.engine().map(names::backend).orElse(BackendNames.DOCKERS));
    node.put("Model", models.catalog().find(id).map(CatalogModel::name).orElse(id));
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
