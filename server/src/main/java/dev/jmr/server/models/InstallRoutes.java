package dev.jmr.server.models;

import dev.jmr.runtime.Engines;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.manager.ModelManager;
import java.util.Optional;

/// `POST /engines/install-backend` and `/engines/uninstall-backend`, for clients that see to it that an engine is there. Ours is a
/// part of the server, and others are their users' to install: nothing is fetched or removed.
public final class InstallRoutes {
  private final ModelManager models;

  public InstallRoutes(ModelManager models) {
    this.models = models;
  }

  /// Answers 200 if the engine is there.
  ///
  /// @throws ApiException 412 if it is not, with what its user can do
  public void install(Exchange exchange) {
    Engines.Candidate candidate = candidate(exchange);
    candidate
        .unavailable()
        .ifPresent(reason -> {
          throw new ApiException(
              412, "invalid_request_error", candidate.provider().name() + ": " + reason);
        });
    exchange.response().send();
  }

  /// Answers 200: what there is to remove is gone, which is nothing.
  public void uninstall(Exchange exchange) {
    candidate(exchange);
    exchange.response().send();
  }

  private Engines.Candidate candidate(Exchange exchange) {
    String backend = exchange.fields().string("backend").orElse("");
    if (backend.isBlank()) {
      throw ApiException.badRequest(
          "invalid request: backend is required", Optional.of("backend"), "missing_parameter");
    }
    return models.engines().names().requireKnown(backend);
  }
}
