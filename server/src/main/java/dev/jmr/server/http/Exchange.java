package dev.jmr.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineGoneException;
import dev.jmr.server.log.ServerLog;
import dev.jmr.server.manager.KeepAlive;
import dev.jmr.server.manager.Lease;
import dev.jmr.server.manager.Mode;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.record.Recording;
import dev.jmr.server.record.RequestRecorder;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/// One request with a JSON object in its body that is about a model, and its response.
///
/// @param fields of the body
/// @param recording of the request, where such are kept
public record Exchange(
    Context context,
    ServerRequest request,
    ServerResponse response,
    Fields fields,
    Optional<Recording> recording) {
  /// Docker Model Runner's for a request that was told nothing.
  private static final int OK = 200;

  private static final int CLIENT_LEFT = 408;

  private static final HeaderName PRELOAD_ONLY = HeaderNames.create("X-Preload-Only");

  /// What all requests share.
  ///
  /// @param maxBodyBytes of a request
  public record Context(
      ModelManager models,
      long maxBodyBytes,
      SlowReaders slowReaders,
      RequestRecorder recorder,
      ServerLog log) {
    /// Begins a stream of events that belongs to no request of a model; the caller closes it.
    public SseWriter events(ServerResponse response) {
      return new SseWriter(response, slowReaders, SseWriter.Listener.NONE);
    }
  }

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
      route.handle(new Exchange(context, request, response, fields, Optional.empty()));
    };
  }

  /// The same of a route that asks a model: it is interrupted when its client leaves, and what it was asked and answers is
  /// recorded.
  static Handler inference(Context context, Route route) {
    return (request, response) -> {
      Fields fields = new Fields(Json.body(request, context.maxBodyBytes()));
      Recording recording = context.recorder().begin(head(request, response), fields.node());
      Exchange exchange = new Exchange(context, request, response, fields, Optional.of(recording));
      try {
        ClientConnection.whileThere(() -> exchange.answer(route));
        recording.end(response.status().code());
      } catch (RuntimeException e) {
        exchange.failed(recording, e);
        throw e;
      }
    };
  }

  /// Answers, and begins anew once if the engine was gone before it began.
  private void answer(Route route) throws InterruptedException {
    try {
      route.handle(this);
    } catch (EngineGoneException e) {
      if (response.isSent()) {
        throw e;
      }
      route.handle(this);
    }
  }

  private static Recording.Head head(ServerRequest request, ServerResponse response) {
    return new Recording.Head(
        response.headers().first(RequestId.NAME).orElse(""),
        request.prologue().method().text(),
        request.path().absolute().path(),
        request.headers().first(HeaderNames.USER_AGENT),
        request.headers().first(HeaderNames.ORIGIN));
  }

  /// Records a failure, also of a request whose model could not be loaded.
  private void failed(Recording recording, RuntimeException failure) {
    fields
        .value("model")
        .flatMap(name -> context.models().catalog().find(name.asText()))
        .ifPresent(model -> recording.model(model.id(), model.name()));
    boolean left =
        failure instanceof CloseConnectionException || failure instanceof UncheckedIOException;
    recording.error(
        left ? "client left" : String.valueOf(Failures.translate(failure).getMessage()));
    int status = left ? CLIENT_LEFT : Failures.translate(failure).status();
    recording.end(response.isSent() ? response.status().code() : status);
  }

  /// The name of the model as the request has it.
  public String model() {
    return fields.requiredString("model");
  }

  /// The right to use the model that the request names, which is loaded if need be; the caller closes it.
  ///
  /// @throws ApiException 400 if it names none
  public Lease lease(Mode mode) throws InterruptedException {
    Lease lease = context.models().lease(model(), mode, keepAlive(), backend());
    recording.ifPresent(record -> record.model(lease.model().id(), lease.model().name()));
    return lease;
  }

  /// The engine that the path names; empty if it names none.
  public Optional<String> backend() {
    return request.path().pathParameters().first("backend").asOptional();
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
    return new SseWriter(
        response,
        context.slowReaders(),
        new SseWriter.Listener() {
          @Override
          public void sent(JsonNode event) {
            record(event);
          }

          @Override
          public void done() {
            recording.ifPresent(record -> record.end(OK));
          }
        });
  }

  private void record(JsonNode event) {
    recording.ifPresent(record -> record.event(event));
    if (event.has("error")) {
      context
          .log()
          .warn(
              "%s stream failed: %s"
                  .formatted(
                      response.headers().first(RequestId.NAME).orElse(""),
                      event.at("/error/message").asText()));
    }
  }

  /// Answers 200.
  public void send(JsonNode answer) {
    recording.ifPresent(record -> {
      record.answer(answer);
      record.end(OK);
    });
    Json.send(response, answer);
  }
}
