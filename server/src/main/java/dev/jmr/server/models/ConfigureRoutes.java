package dev.jmr.server.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import dev.jmr.server.manager.CatalogModel;
import dev.jmr.server.manager.Mode;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.manager.ModelSettings;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.Optional;

/// `GET` and `POST /engines/_configure`: how models are run. Outlives the server, and goes for all uses of a model.
public final class ConfigureRoutes {
  private static final System.Logger LOG = System.getLogger(ConfigureRoutes.class.getName());

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
    ModelSettings settings = ModelSettingsJson.read(fields);
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
    String name = models.catalog().find(id).map(CatalogModel::name).orElse(id);
    return ModelSettingsJson.entry(id, name, settings, models.engines().names()::backend);
  }
}
