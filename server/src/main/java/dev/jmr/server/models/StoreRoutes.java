package dev.jmr.server.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Failures;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import dev.jmr.server.huggingface.HubOptions;
import dev.jmr.server.huggingface.HuggingFacePull;
import dev.jmr.server.library.BuiltInModels;
import dev.jmr.server.library.ModelJson;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.packaging.ModelArchive;
import dev.jmr.server.packaging.ModelPackager;
import dev.jmr.server.packaging.PackageOptions;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.Removal;
import dev.jmr.server.store.StoredModel;
import dev.jmr.server.transfer.ProgressEvent;
import dev.jmr.server.transfer.Pull;
import dev.jmr.server.transfer.Push;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// `POST /models/{create,load}`, `POST /models/{name}/{tag,push,repackage}`, `GET /models/{name}/export`,
/// `DELETE /models/{name}`: what changes the store, and what leaves it.
public final class StoreRoutes {
  private static final int PARALLEL_PULLS = 2;
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final String EXPORT = "/export";

  private final ModelManager models;
  private final ModelStore store;
  private final BuiltInModels builtIn;
  private final RegistryClient registry;
  private final HubOptions hub;
  private final Semaphore pulls = new Semaphore(PARALLEL_PULLS);

  public StoreRoutes(
      ModelManager models, ModelLibrary library, RegistryClient registry, HubOptions hub) {
    this.models = models;
    this.store = library.store();
    this.builtIn = library.builtIn();
    this.registry = registry;
    this.hub = hub;
  }

  /// Something that takes a while.
  private interface Transfer {
    void run(Consumer<ProgressEvent> listener) throws InterruptedException;
  }

  /// Fetches a model.
  public void create(Exchange exchange) throws InterruptedException {
    ModelReference reference = store.reference(exchange.fields().requiredString("from"));
    pulls.acquire();
    try {
      run(
          exchange.request(),
          exchange.response(),
          ProgressEvent.Mode.PULL,
          listener -> pull(reference, exchange.fields(), listener));
    } finally {
      pulls.release();
    }
  }

  private void pull(ModelReference reference, Fields fields, Consumer<ProgressEvent> listener)
      throws InterruptedException {
    if (builtIn.bring(reference, store)) {
      listener.accept(ProgressEvent.success(ProgressEvent.Mode.PULL, BuiltInModels.BROUGHT));
      return;
    }
    if (!reference.huggingFace()) {
      new Pull(registry, store).run(reference, listener);
      return;
    }
    HubOptions options = fields.string("bearer-token").map(hub::withToken).orElse(hub);
    try (HuggingFacePull pull = new HuggingFacePull(options, store)) {
      pull.run(reference, listener);
    }
  }

  /// Brings a model from an archive into the store, without a name.
  public void load(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    try (InputStream in = request.content().inputStream()) {
      new ModelArchive(store).load(in);
    } catch (EOFException e) {
      throw new ArtifactException(String.valueOf(e.getMessage()), e);
    }
    try (ProgressStream progress = new ProgressStream(request, response)) {
      progress.send(
          new ProgressEvent(
              ProgressEvent.Type.SUCCESS,
              "Model loaded successfully",
              0,
              Optional.empty(),
              ProgressEvent.Mode.PULL));
    }
  }

  /// Whether a request is about a model as its registry has it: `?remote` or `?remote=true`.
  public static boolean remote(ServerRequest request) {
    return request.query().contains("remote")
        && !request.query().first("remote").orElse("").equals("false");
  }

  /// Gives a model as its registry has it, which is not fetched.
  public void look(ServerRequest request, ServerResponse response) throws InterruptedException {
    ModelReference name = store.reference(request.path().pathParameters().get("name"));
    Json.send(response, Json.of(ModelJson.docker(ModelLibrary.remote(registry, name))));
  }

  /// Whether a path below `/models` asks for an archive.
  public static boolean exports(ServerRequest request) {
    return request.path().pathParameters().get("name").endsWith(EXPORT);
  }

  /// Gives a model as an archive.
  public void export(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    String path = request.path().pathParameters().get("name");
    String name = path.substring(0, path.length() - EXPORT.length());
    StoredModel model = store.require(name);
    String file = model.displayName().replaceAll("[^A-Za-z0-9._-]", "_");
    response.header(HeaderNames.CONTENT_TYPE, "application/x-tar");
    response.header(
        HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"%s.tar\"".formatted(file));
    try (OutputStream out = response.outputStream()) {
      new ModelArchive(store).export(model, out);
    }
  }

  private void repackage(String name, ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    Fields fields = new Fields(Json.body(request, MAX_BODY_BYTES));
    String target = fields.requiredString("target");
    OptionalInt contextSize = fields.integer("context_size", 1, 1 << 24);
    PackageOptions options =
        contextSize.isPresent()
            ? PackageOptions.ofContextSize(contextSize.getAsInt())
            : PackageOptions.NONE;
    new ModelPackager(store)
        .repack(store.require(name), options, Optional.of(store.reference(target)));
    response.status(201);
    Json.send(
        response,
        Json.object()
            .put("message", "Model repackaged successfully as \"%s\"".formatted(target))
            .put("source", name)
            .put("target", target));
  }

  /// `tag`, `push` and `repackage`, the last part of the path, as names hold slashes.
  public void act(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    String path = request.path().pathParameters().get("name");
    int slash = path.lastIndexOf('/');
    String name = path.substring(0, Math.max(0, slash));
    String action = path.substring(slash + 1);
    switch (action) {
      case "tag" -> tag(name, request, response);
      case "repackage" -> repackage(name, request, response);
      case "push" -> {
        ModelReference target = store.requireName(name);
        run(
            request,
            response,
            ProgressEvent.Mode.PUSH,
            listener -> new Push(registry, store).run(name, target, listener));
      }
      default ->
          throw new ApiException(404, "not_found_error", "unknown action \"%s\"".formatted(action));
    }
  }

  private void tag(String name, ServerRequest request, ServerResponse response) {
    String repository = request.query().first("repo").orElse("");
    String tag = request.query().first("tag").orElse("");
    if (repository.isEmpty() || tag.isEmpty()) {
      throw ApiException.invalid("repo", "missing repo or tag query parameter");
    }
    String target = repository + ":" + tag;
    store.tag(name, store.reference(target));
    response.status(201);
    Json.send(
        response,
        Json.object()
            .put("message", "Model tagged successfully with \"%s\"".formatted(target))
            .put("target", target));
  }

  /// Removes a name, or a model with its last name, which is unloaded if nobody uses it.
  public void delete(ServerRequest request, ServerResponse response) {
    String name = request.path().pathParameters().get("name");
    boolean force = request.query().first("force").map(Boolean::parseBoolean).orElse(false);
    ArrayNode removed = Json.array();
    for (Removal removal : store.remove(name, force)) {
      switch (removal) {
        case Removal.Untagged(String tag) -> removed.addObject().put("Untagged", tag);
        case Removal.Deleted(var id) -> {
          models.unload(status -> status.model().id().equals(id.toString()));
          removed.addObject().put("Deleted", id.toString());
        }
      }
    }
    Json.send(response, removed);
  }

  /// How much disk models take, each blob counted once.
  public void diskUsage(ServerRequest request, ServerResponse response) {
    Json.send(
        response,
        Json.object()
            .put("models_disk_usage", store.upkeep().diskUsage().modelBytes())
            .put("default_backend_disk_usage", 0));
  }

  /// Removes all models.
  public void purge(ServerRequest request, ServerResponse response) {
    models.unload(_ -> true);
    store.upkeep().purge();
    response.send();
  }

  private static void run(
      ServerRequest request, ServerResponse response, ProgressEvent.Mode mode, Transfer transfer)
      throws InterruptedException {
    try (ProgressStream progress = new ProgressStream(request, response)) {
      try {
        transfer.run(progress::send);
      } catch (RuntimeException e) {
        if (!progress.begun()) {
          throw e;
        }
        ApiException told = Failures.translate(e);
        progress.send(ProgressEvent.error(mode, String.valueOf(told.getMessage())));
      }
    }
  }
}
