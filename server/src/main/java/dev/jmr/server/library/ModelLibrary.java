package dev.jmr.server.library;

import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ModelConfig;
import dev.jmr.server.artifact.ModelConfigJson;
import dev.jmr.server.artifact.ModelConfigReader;
import dev.jmr.server.artifact.ModelFiles;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoreException;
import dev.jmr.server.store.StoredModel;
import dev.jmr.server.transfer.RemoteModel;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The models of a store, described. Thread-safe, like the store.
public final class ModelLibrary {
  private static final System.Logger LOG = System.getLogger(ModelLibrary.class.getName());

  private static final int MAX_TEMPLATE_BYTES = 1 << 20;

  private final ModelStore store;
  private final ShardLinks links;
  private final BuiltInModels builtIn;

  /// @param cache a folder for what can be made again at any time
  public ModelLibrary(ModelStore store, Path cache) {
    this(store, cache, BuiltInModels.none());
  }

  /// @param cache a folder for what can be made again at any time
  /// @param builtIn what comes with the program; the store is given what it never had
  public ModelLibrary(ModelStore store, Path cache, BuiltInModels builtIn) {
    this.store = store;
    this.links = new ShardLinks(cache.resolve("shards"));
    this.builtIn = builtIn;
    builtIn.addTo(store);
  }

  public ModelStore store() {
    return store;
  }

  /// What came with the program.
  public BuiltInModels builtIn() {
    return builtIn;
  }

  /// All models that can be read, in the order in which they came. The log names those that cannot.
  ///
  /// @throws StoreException if the store itself cannot be read
  public List<ModelEntry> list() {
    List<ModelEntry> entries = new ArrayList<>();
    for (StoredModel model : store.list()) {
      try {
        entries.add(entry(model));
      } catch (StoreException | ArtifactException e) {
        LOG.log(Level.WARNING, () -> "left out of the list: " + e.getMessage());
      }
    }
    return entries;
  }

  /// The model of this name or id.
  ///
  /// @throws dev.jmr.server.store.UnknownModelException if there is none; the message suggests what
  ///     may have been meant
  /// @throws dev.jmr.server.reference.ReferenceException if the text is neither a name nor an id
  /// @throws ArtifactException if it is no model that we can read
  public ModelEntry require(String model) {
    return entry(store.require(model));
  }

  /// The model of this name or id, if there is one.
  ///
  /// @throws StoreException if it is there, but not whole
  public Optional<ModelEntry> find(String model) {
    while (true) {
      try {
        return store.find(model).map(this::entry);
      } catch (StoreException e) {
        if (isDamaged(model)) {
          throw e;
        }
      }
    }
  }

  /// Whether a model lacks files, and not because it is being deleted.
  private boolean isDamaged(String model) {
    Optional<StoredModel> found = store.find(model);
    return found.isPresent() && !store.complete(found.get()) && store.find(model).equals(found);
  }

  /// A model as its registry has it, without its layers and without names, in the store or not.
  ///
  /// @throws RegistryException if the registry refuses or keeps failing, or is Hugging Face, which
  ///     has no artifacts
  /// @throws ArtifactException if it is no model that we can read
  public static ModelEntry remote(RegistryClient client, ModelReference reference)
      throws InterruptedException {
    if (reference.huggingFace()) {
      throw new RegistryException(
          RegistryException.Kind.UNSUPPORTED,
          "%s: expected a model of a registry, got one of Hugging Face; look at https://%s/%s"
              .formatted(reference.display(), ModelReference.HUGGING_FACE, reference.repository()));
    }
    RemoteModel remote = RemoteModel.read(client, reference);
    ModelConfig config = ModelConfigReader.read(remote.manifest(), remote.config());
    return new ModelEntry(remote.manifest(), config, List.of(), List.of());
  }

  private ModelEntry entry(StoredModel model) {
    Manifest manifest = store.manifest(model);
    byte[] bytes = store.read(manifest.config().digest(), ModelConfigJson.MAX_BYTES);
    ModelConfig config = ModelConfigReader.read(manifest, bytes);
    return new ModelEntry(manifest, config, model.tags(), model.displayTags());
  }

  /// What an engine needs to run the model.
  ///
  /// @throws dev.jmr.server.artifact.UnsupportedArtifactException if we cannot run it
  /// @throws dev.jmr.server.store.MissingBlobException if a file is not there
  public RunnableModel runnable(ModelEntry entry) {
    ModelFiles files = ModelFiles.of(entry.manifest(), store::blob);
    List<Path> shards = files.gguf();
    return new RunnableModel(
        shards.size() == 1 ? shards.getFirst() : links.link(entry.id(), shards),
        files.projector(),
        files.chatTemplate().map(this::template),
        chosenContextSize(entry.config()),
        entry.config().defaultParameters());
  }

  private String template(Path blob) {
    Digest digest = new Digest(blob.getFileName().toString());
    return new String(store.read(digest, MAX_TEMPLATE_BYTES), StandardCharsets.UTF_8);
  }

  /// Packing fills in the length that the model was trained with where nobody chose one.
  private static OptionalInt chosenContextSize(ModelConfig config) {
    OptionalInt size = config.contextSize();
    String trained = config.metadata().get(config.architecture() + ".context_length");
    boolean filledIn = size.isPresent() && Integer.toString(size.getAsInt()).equals(trained);
    return filledIn ? OptionalInt.empty() : size;
  }
}
