package dev.jmr.cli.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.ModelConfig;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;
import dev.jmr.server.huggingface.HubOptions;
import dev.jmr.server.huggingface.HuggingFacePull;
import dev.jmr.server.library.BuiltInModels;
import dev.jmr.server.library.ModelEntry;
import dev.jmr.server.library.ModelJson;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.manager.ContextChoice;
import dev.jmr.server.manager.SettingsFile;
import dev.jmr.server.models.ModelSettingsJson;
import dev.jmr.server.packaging.ModelArchive;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryOptions;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.Removal;
import dev.jmr.server.store.StoredModel;
import dev.jmr.server.transfer.ProgressEvent;
import dev.jmr.server.transfer.Pull;
import dev.jmr.server.transfer.Push;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The model store, in this process.
public final class EmbeddedRunner implements ModelRunner {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  private final ModelLibrary library;
  private final ModelStore store;
  private final Supplier<SettingsFile> settings;
  private final Map<String, String> environment;

  /// @param settings how models are run; asked for when they matter
  /// @param environment says how registries are spoken to
  public EmbeddedRunner(
      ModelLibrary library, Supplier<SettingsFile> settings, Map<String, String> environment) {
    this.library = library;
    this.store = library.store();
    this.settings = settings;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public JsonNode models() {
    ArrayNode models = JsonNodeFactory.instance.arrayNode();
    library.list().forEach(entry -> models.add(json(entry)));
    return models;
  }

  /// With the context that a server would run it with, where nobody chose one.
  private static ObjectNode json(ModelEntry entry) {
    ObjectNode model = JSON.valueToTree(ModelJson.docker(entry));
    if (entry.config().contextSize().isEmpty()
        && model.path("config") instanceof ObjectNode config) {
      ContextChoice.atMost(trained(entry.config()))
          .ifPresent(tokens -> config.put("context_size", tokens));
    }
    return model;
  }

  private static OptionalInt trained(ModelConfig config) {
    String tokens = config.metadata().getOrDefault(config.architecture() + ".context_length", "");
    return DIGITS.matcher(tokens).matches()
        ? OptionalInt.of(Integer.parseInt(tokens))
        : OptionalInt.empty();
  }

  @Override
  public JsonNode openAiModels() {
    return JSON.valueToTree(ModelJson.openAi(library.list()));
  }

  @Override
  public JsonNode model(String name, boolean remote) throws InterruptedException {
    if (!remote) {
      return json(library.require(name));
    }
    try (RegistryClient client = registry()) {
      return JSON.valueToTree(ModelJson.docker(ModelLibrary.remote(client, store.reference(name))));
    }
  }

  @Override
  public JsonNode openAiModel(String name) {
    return JSON.valueToTree(ModelJson.openAi(library.require(name)));
  }

  @Override
  public void pull(String name, Consumer<ProgressEvent> progress) throws InterruptedException {
    ModelReference reference = store.reference(name);
    if (library.builtIn().bring(reference, store)) {
      progress.accept(ProgressEvent.success(ProgressEvent.Mode.PULL, BuiltInModels.BROUGHT));
    } else if (reference.huggingFace()) {
      try (HuggingFacePull hub = new HuggingFacePull(HubOptions.of(environment), store)) {
        hub.run(reference, progress);
      }
    } else {
      try (RegistryClient client = registry()) {
        new Pull(client, store).run(reference, progress);
      }
    }
  }

  @Override
  public void push(String name, Consumer<ProgressEvent> progress) throws InterruptedException {
    ModelReference target = store.requireName(name);
    try (RegistryClient client = registry()) {
      new Push(client, store).run(name, target, progress);
    }
  }

  private RegistryClient registry() {
    return new RegistryClient(RegistryOptions.of(environment));
  }

  @Override
  public void tag(String source, String target) {
    store.tag(source, store.reference(target));
  }

  @Override
  public List<String> remove(String name, boolean force) {
    return store.remove(name, force).stream().map(EmbeddedRunner::line).toList();
  }

  /// The line that Docker's commands print of a removal.
  public static String line(Removal removal) {
    return switch (removal) {
      case Removal.Untagged untagged -> "Untagged: " + untagged.tag();
      case Removal.Deleted deleted -> "Deleted: " + deleted.id();
    };
  }

  @Override
  public void purge() {
    store.upkeep().purge();
  }

  @Override
  public String load(InputStream tar, Optional<String> tag) throws InterruptedException {
    Optional<ModelReference> name = tag.map(store::reference);
    try {
      StoredModel model = new ModelArchive(store).load(tar);
      if (name.isPresent()) {
        store.tag(model.id().toString(), name.get());
      }
      return name.map(ModelReference::display).orElseGet(model::displayName);
    } catch (IOException e) {
      throw new UncheckedIOException("archive: " + e.getMessage(), e);
    }
  }

  @Override
  public long byteSize(String name) {
    return store.manifest(store.require(name)).layers().stream().mapToLong(Descriptor::size).sum();
  }

  @Override
  public void export(String name, OutputStream tar) throws InterruptedException {
    try {
      new ModelArchive(store).export(store.require(name), tar);
    } catch (IOException e) {
      throw new UncheckedIOException("archive: " + e.getMessage(), e);
    }
  }

  @Override
  public JsonNode diskUsage() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("models_disk_usage", store.upkeep().diskUsage().modelBytes())
        .put("default_backend_disk_usage", 0L);
  }

  @Override
  public void configure(JsonNode body) {
    ModelEntry model = library.require(body.path("model").asText());
    try {
      settings
          .get()
          .put(model.id().toString(), ModelSettingsJson.read(new Fields((ObjectNode) body)));
    } catch (ApiException | IllegalArgumentException e) {
      throw new RunnerException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public JsonNode configurations(Optional<String> model) {
    Optional<String> wanted = model.map(name -> library.require(name).id().toString());
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    settings
        .get()
        .all()
        .forEach((id, how) -> {
          if (wanted.isEmpty() || wanted.get().equals(id)) {
            all.add(ModelSettingsJson.entry(id, name(id), how, UnaryOperator.identity()));
          }
        });
    return all;
  }

  private String name(String id) {
    return store.find(id).flatMap(model -> model.tags().stream().findFirst()).orElse(id);
  }

  @Override
  public void close() {
    // Nothing is open between two calls.
  }
}
