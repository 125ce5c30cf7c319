package dev.jmr.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import dev.jmr.server.manager.CatalogModel;
import dev.jmr.server.manager.ModelManager;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `POST /engines/unload`: lets idle models go.
public final class UnloadRoute implements Exchange.Route {
  private static final int MAX_MODELS = 1000;

  @Override
  public void handle(Exchange exchange) {
    Fields fields = exchange.fields();
    ModelManager models = exchange.context().models();
    boolean all = fields.bool("all", false);
    String backend = fields.string("backend").orElse("");
    Set<String> ids = new HashSet<>();
    for (JsonNode name : fields.list("models", MAX_MODELS).orElse(List.of())) {
      models.catalog().find(name.asText()).map(CatalogModel::id).ifPresent(ids::add);
    }
    Optional<String> engine =
        models.engines().names().find(backend).map(candidate -> candidate.provider().name());
    boolean known = backend.isEmpty() || engine.isPresent();
    boolean whole = all || (!backend.isEmpty() && !fields.has("models"));
    int count =
        known
            ? models.unload(status ->
                engine.map(status.engineName()::equals).orElse(true)
                    && (whole || ids.contains(status.model().id())))
            : 0;
    if (all) {
      models.settings().clear();
    }
    exchange.send(Json.object().put("unloaded_runners", count));
  }
}
