package dev.jmr.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.log.ServerLog;
import dev.jmr.server.manager.LoadedStatus;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.models.ConfigureRoutes;
import dev.jmr.server.models.EngineRoutes;
import dev.jmr.server.models.InstallRoutes;
import dev.jmr.server.models.ModelRoutes;
import dev.jmr.server.models.RequestsRoute;
import dev.jmr.server.models.StoreRoutes;
import dev.jmr.server.models.UnloadRoute;
import dev.jmr.server.openai.ChatCompletions;
import dev.jmr.server.openai.Completions;
import dev.jmr.server.openai.EmbeddingsRoute;
import dev.jmr.server.openai.ModelList;
import dev.jmr.server.openai.RerankRoute;
import dev.jmr.server.openai.TokenRoutes;
import dev.jmr.server.record.RequestRecorder;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.FilterOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which path leads where: the one list of all routes.
///
/// Another API family is one more list of routes here, and a package beside `openai`.
final class Routes {
  /// Where OpenAI's API is found: as Docker Model Runner has it, and as everybody else has it.
  private static final List<String> PREFIXES =
      List.of("/engines/v1", "/engines/{backend}/v1", "/v1");

  /// Their answers may never end, which is of no use to who asks with `HEAD`.
  private static final Set<String> ENDLESS = Set.of("/logs[/]", "/engines/requests[/]");

  private static final String BACKEND = "{backend}";

  private final ServerOptions options;
  private final Optional<StoreRoutes> store;
  private final Exchange.Context context;

  private final RequestCounter requests = new RequestCounter();

  /// By path pattern, then by method.
  private final Map<String, Map<String, Handler>> handlers = new TreeMap<>();

  Routes(
      ServerOptions options,
      ModelManager models,
      Optional<StoreRoutes> store,
      SlowReaders slowReaders,
      ServerLog log) {
    this.store = store;
    this.options = options;
    this.context =
        new Exchange.Context(
            models,
            options.maxBodyBytes(),
            slowReaders,
            new RequestRecorder(InstantSource.system()),
            log);
  }

  void addTo(HttpRouting.Builder routing) {
    routing.addFilter(ClientConnection::endIfWanted);
    routing.addFilter(new RequestId());
    routing.addFilter(requests);
    routing.addFilter(new OriginGuard(options));
    routing.addFilter(new ApiKeys(options.apiKeys()));
    routing.any(Routes::withoutEntity);
    routing.any(Routes::tidyPath);
    own();
    dockersOwn();
    openAi();
    handlers.forEach((pattern, byMethod) -> {
      byMethod.forEach((method, handler) -> routing.route(Method.create(method), pattern, handler));
      if (byMethod.containsKey("GET") && !ENDLESS.contains(pattern)) {
        routing.route(Method.HEAD, pattern, byMethod.get("GET"));
      }
      routing.any(pattern, (request, response) -> wrongMethod(byMethod, request, response));
    });
    routing.any(Routes::notFound);
    routing.error(Throwable.class, this::failed);
  }

  /// The methods of each path, in the form that OpenAPI has for paths; after [#addTo].
  Map<String, Set<String>> paths() {
    Map<String, Set<String>> paths = new TreeMap<>();
    handlers.forEach((pattern, byMethod) ->
        paths.put(pattern.replace("[/]", "").replace("{+", "{"), new TreeSet<>(byMethod.keySet())));
    return paths;
  }

  private void own() {
    route("GET", "/", Routes::root);
    route("GET", "/version", this::version);
    route("GET", "/openapi.json", new OpenApiRoute()::handle);
    route("GET", "/health", Routes::health);
    route("GET", "/health/live", Routes::health);
    route("GET", "/health/ready", this::ready);
  }

  private void dockersOwn() {
    ModelRoutes models = new ModelRoutes(context.models());
    route("GET", "/models", models::all);
    route("GET", "/models/{+name}", models::one);
    store.ifPresent(routes -> {
      route(
          "GET",
          "/models/{+name}",
          (request, response) -> {
            if (StoreRoutes.exports(request)) {
              routes.export(request, response);
            } else if (StoreRoutes.remote(request)) {
              routes.look(request, response);
            } else {
              models.one(request, response);
            }
          });
      route("POST", "/models/load", routes::load);
      route("POST", "/models/create", Exchange.handler(context, routes::create));
      route("DELETE", "/models/purge", routes::purge);
      route("POST", "/models/{+name}", routes::act);
      route("DELETE", "/models/{+name}", routes::delete);
    });
    EngineRoutes engines = new EngineRoutes(context.models(), options.version());
    route("GET", "/engines/status", engines::status);
    route("GET", "/engines/ps", engines::ps);
    route("GET", "/engines/df", engines::df);
    store.ifPresent(routes -> route("GET", "/engines/df", routes::diskUsage));
    route("POST", "/engines/unload", Exchange.handler(context, new UnloadRoute()));
    ConfigureRoutes configure = new ConfigureRoutes(context.models());
    for (String path : List.of("/engines/_configure", "/engines/{backend}/_configure")) {
      route("GET", path, configure::get);
      route("POST", path, Exchange.handler(context, configure::set));
    }
    InstallRoutes install = new InstallRoutes(context.models());
    route("POST", "/engines/install-backend", Exchange.handler(context, install::install));
    route("POST", "/engines/uninstall-backend", Exchange.handler(context, install::uninstall));
    route("GET", "/engines/requests", new RequestsRoute(context)::handle);
    route("GET", "/logs", new LogsRoute(context.log(), context.slowReaders())::handle);
    if (options.metrics()) {
      route("GET", "/metrics", new MetricsRoute(context.models(), requests)::handle);
    }
  }

  private void openAi() {
    ModelList list = new ModelList(context.models());
    Handler rerank = Exchange.inference(context, new RerankRoute());
    for (String prefix : PREFIXES) {
      route(
          "POST", prefix + "/chat/completions", Exchange.inference(context, new ChatCompletions()));
      route("POST", prefix + "/completions", Exchange.inference(context, new Completions()));
      route("POST", prefix + "/embeddings", Exchange.inference(context, new EmbeddingsRoute()));
      route("POST", prefix + "/rerank", rerank);
      route("GET", prefix + "/models", list::all);
      route("GET", prefix + "/models/{+name}", list::one);
      route("POST", prefix + "/tokenize", Exchange.inference(context, TokenRoutes::tokenize));
      route("POST", prefix + "/detokenize", Exchange.inference(context, TokenRoutes::detokenize));
      route("POST", prefix + "/count", Exchange.inference(context, TokenRoutes::count));
    }
    route("POST", "/rerank", rerank);
    route("POST", "/engines/rerank", rerank);
    route("POST", "/engines/{backend}/rerank", rerank);
    route("POST", "/tokenize", Exchange.inference(context, TokenRoutes::tokenize));
    route("POST", "/detokenize", Exchange.inference(context, TokenRoutes::detokenize));
  }

  /// A path with its slash at the end, or without, is the same.
  private void route(String method, String pattern, Handler handler) {
    String path = pattern.endsWith("/") || pattern.endsWith("}") ? pattern : pattern + "[/]";
    Handler checked = pattern.contains(BACKEND) ? ofKnownBackend(handler) : handler;
    handlers.computeIfAbsent(path, _ -> new TreeMap<>()).put(method, checked);
  }

  /// An engine that nobody knows is refused before all else.
  private Handler ofKnownBackend(Handler handler) {
    return (request, response) -> {
      context
          .models()
          .engines()
          .names()
          .requireKnown(request.path().pathParameters().get("backend"));
      handler.handle(request, response);
    };
  }

  /// An answer to `HEAD` has the status and headers of one to `GET`, and nothing else.
  private static void withoutEntity(ServerRequest request, ServerResponse response) {
    if (request.prologue().method().equals(Method.HEAD)) {
      response.streamFilter(NoEntity::new);
    }
    response.next();
  }

  /// Slashes upon slashes are one, and one at the end is none.
  private static void tidyPath(ServerRequest request, ServerResponse response) {
    String path = request.path().rawPath();
    String tidy = path.replaceAll("/{2,}", "/").replaceFirst("(?<=.)/$", "");
    if (tidy.equals(path)) {
      response.next();
    } else {
      response.reroute(tidy, request.query());
    }
  }

  /// Takes everything and passes nothing on.
  private static final class NoEntity extends FilterOutputStream {
    private NoEntity(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) {
      // It is no part of the answer.
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      // It is no part of the answer.
    }
  }

  private static void wrongMethod(
      Map<String, Handler> byMethod, ServerRequest request, ServerResponse response) {
    String allowed = String.join(", ", byMethod.keySet());
    response.header(HeaderNames.ALLOW, allowed);
    String method = request.prologue().method().text();
    ErrorWriter.send(
        response,
        request.path().absolute().path(),
        new ApiException(
            405,
            "invalid_request_error",
            "method: expected %s, got %s".formatted(allowed, method)));
  }

  private static void notFound(ServerRequest request, ServerResponse response) {
    String path = request.path().absolute().path();
    ErrorWriter.send(
        response, path, ApiException.noRoute(request.prologue().method().text(), path));
  }

  private void failed(ServerRequest request, ServerResponse response, Throwable failure) {
    ApiException told = Failures.translate(failure);
    String path = request.path().absolute().path();
    if (told.status() >= 500) {
      String line =
          "%s %s %s: %d %s"
              .formatted(
                  response.headers().first(RequestId.NAME).orElse(""),
                  request.prologue().method().text(),
                  path,
                  told.status(),
                  told.getMessage());
      if (told.code().filter(Failures.INTERNAL::equals).isPresent()) {
        context.log().error(line, failure);
      } else {
        context.log().warn(line);
      }
    }
    ErrorWriter.send(response, path, told);
  }

  private static void root(ServerRequest request, ServerResponse response) {
    text(response, "Docker Model Runner is running");
  }

  private void version(ServerRequest request, ServerResponse response) {
    Json.send(response, Json.object().put("version", options.version()));
  }

  private static void health(ServerRequest request, ServerResponse response) {
    String state = request.path().path().endsWith("live") ? "live" : "ready";
    Json.send(response, Json.object().put("status", state.toLowerCase(Locale.ROOT)));
  }

  /// Ready to take requests, also while models are being loaded.
  private void ready(ServerRequest request, ServerResponse response) {
    ObjectNode answer = Json.object().put("status", "ready");
    ArrayNode loading = Json.array();
    for (LoadedStatus model : context.models().loaded()) {
      model
          .stage()
          .ifPresent(
              stage -> loading.addObject().put("model", model.model().name()).put("stage", stage));
    }
    if (!loading.isEmpty()) {
      answer.set("loading", loading);
    }
    Json.send(response, answer);
  }

  private static void text(ServerResponse response, String text) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send(text.getBytes(StandardCharsets.UTF_8));
  }
}
