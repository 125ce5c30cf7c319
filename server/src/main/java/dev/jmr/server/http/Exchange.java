package dev.jmr.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.EngineException;
import dev.jmr.server.manager.KeepAlive;
import dev.jmr.server.manager.Lease;
import dev.jmr.server.manager.Mode;
import dev.jmr.server.manager.ModelManager;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.function.Supplier;

/// One request with a JSON object in its body that is about a model, and its response.
///
/// @param fields of the body
public record Exchange(
    Context context, ServerRequest request, ServerResponse response, Fields fields) {
  private static final HeaderName PRELOAD_ONLY = HeaderNames.create("X-Preload-Only");

  /// What all requests share.
  ///
  /// @param maxBodyBytes of a request
  public record Context(ModelManager models, long maxBodyBytes, SlowReaders slowReaders) {}

  /// What answers such a request.
  @FunctionalInterface
  public interface Route {
    /// Answers, or throws what [Failures] translates.
    void handle(Exchange exchange) throws InterruptedException;
  }

  /// A handler that reads the body and lets the route answer.
  static Handler handler(Context context, Route route) {
    return (request, response) -> {
      Fields fields = new Fields(Json.body(request, context.maxBodyBytes()));
      route.handle(new Exchange(context, request, response, fields));
    };
  }

  /// The same of a route that works for its client only: it is interrupted when that leaves.
  static Handler inference(Context context, Route route) {
    return handler(context, exchange -> ClientConnection.whileThere(() -> route.handle(exchange)));
  }

  /// The name of the model as the request has it.
  public String model() {
    return fields.requiredString("model");
  }

  /// The right to use the model that the request names, which is loaded if need be; the caller closes it.
  ///
  /// @throws ApiException 400 if it names none
  public Lease lease(Mode mode) throws InterruptedException {
    return context.models().lease(model(), mode, keepAlive());
  }

  private Optional<KeepAlive> keepAlive() {
    return fields.value("keep_alive").map(value -> KeepAlive.parse(value.asText()));
  }

  /// Whether the model is only to be loaded; it is answered at once then.
  public boolean preloaded(Mode mode) throws InterruptedException {
    if (!request.headers().first(PRELOAD_ONLY).filter("true"::equals).isPresent()) {
      return false;
    }
    lease(mode).close();
    response.send();
    return true;
  }

  /// What an engine says to a request when it is given it: its refusals are the request's fault, unless it broke down.
  public static <T> T submit(Lease lease, Supplier<T> call) {
    try {
      return call.get();
    } catch (EngineException e) {
      throw lease.engine().running() ? Failures.refused(e) : e;
    }
  }

  /// Begins a stream of events; the caller closes it.
  public SseWriter events() {
    return new SseWriter(response, context.slowReaders());
  }

  /// Answers 200.
  public void send(JsonNode answer) {
    Json.send(response, answer);
  }
}
