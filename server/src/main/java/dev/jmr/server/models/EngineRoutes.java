package dev.jmr.server.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.runtime.Engines;
import dev.jmr.server.http.Json;
import dev.jmr.server.llamaserver.LlamaServerProvider;
import dev.jmr.server.manager.CatalogModel;
import dev.jmr.server.manager.LoadedStatus;
import dev.jmr.server.manager.ModelManager;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// `GET /engines/status`, `/engines/ps`, `/engines/df`: what runs.
public final class EngineRoutes {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final ModelManager models;
  private final String version;

  public EngineRoutes(ModelManager models, String version) {
    this.models = models;
    this.version = version;
  }

  /// Each engine and its state.
  public void status(ServerRequest request, ServerResponse response) {
    ObjectNode all = Json.object();
    for (Engines.Candidate candidate : models.engines().candidates()) {
      all.put(backend(candidate.provider().name()), state(candidate));
    }
    Json.send(response, all);
  }

  private String state(Engines.Candidate candidate) {
    return candidate
        .unavailable()
        .map(reason -> "Not Installed: " + reason)
        .orElseGet(() ->
            candidate.provider().name().equals(LlamaServerProvider.NAME)
                ? "Running: llama.cpp's own llama-server"
                : "Running: llama.cpp compatible, jmr " + version);
  }

  /// What clients call an engine.
  private String backend(String engine) {
    return models.engines().names().backend(engine);
  }

  /// Models that are loaded.
  public void ps(ServerRequest request, ServerResponse response) {
    ArrayNode all = Json.array();
    models.loaded().forEach(status -> all.add(json(status)));
    Json.send(response, all);
  }

  private ObjectNode json(LoadedStatus status) {
    boolean used = status.loading() || status.leases() > 0;
    ObjectNode node = Json.object();
    node.put("backend_name", backend(status.engineName()));
    node.put("model_name", status.reference());
    node.put("mode", status.mode().text());
    node.put("last_used", used ? NEVER : text(status.lastUsed()));
    if (status.leases() > 0 && !status.loading()) {
      node.put("in_use", true);
    }
    status
        .stage()
        .ifPresent(stage -> {
          node.put("loading", true);
          node.put("loading_stage", stage);
          node.put(
              "loading_seconds",
              Math.max(0, Duration.between(status.since(), Instant.now()).toSeconds()));
        });
    node.put("keep_alive", status.keepAlive().toString());
    status
        .engine()
        .ifPresent(engine -> node.put("context_size", engine.description().contextLength()));
    status.need().ifPresent(need -> node.put("memory_bytes", need.totalBytes()));
    return node;
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /// How much disk models take.
  public void df(ServerRequest request, ServerResponse response) {
    long bytes = models.catalog().models().stream().mapToLong(EngineRoutes::size).sum();
    Json.send(
        response,
        Json.object().put("models_disk_usage", bytes).put("default_backend_disk_usage", 0));
  }

  private static long size(CatalogModel model) {
    try {
      return Files.size(model.artifact().file());
    } catch (IOException _) {
      return 0;
    }
  }
}
