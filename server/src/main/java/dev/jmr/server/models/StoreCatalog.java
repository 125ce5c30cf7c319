package dev.jmr.server.models;

import dev.jmr.runtime.ModelArtifact;
import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ModelConfig;
import dev.jmr.server.artifact.ModelConfigJson;
import dev.jmr.server.artifact.ModelConfigReader;
import dev.jmr.server.artifact.ModelFiles;
import dev.jmr.server.manager.CatalogModel;
import dev.jmr.server.manager.ModelCatalog;
import dev.jmr.server.manager.ModelDescription;
import dev.jmr.server.reference.ReferenceException;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoreException;
import dev.jmr.server.store.StoredModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The models of a store. One whose manifest or configuration cannot be read is left out.
public final class StoreCatalog implements ModelCatalog {
  private static final System.Logger LOG = System.getLogger(StoreCatalog.class.getName());

  private final ModelStore store;

  /// What is known of models: what has the same id never changes.
  private final Map<Digest, CatalogModel> known = new ConcurrentHashMap<>();

  public StoreCatalog(ModelStore store) {
    this.store = store;
  }

  @Override
  public List<CatalogModel> models() {
    return store.list().stream().flatMap(this::describe).toList();
  }

  @Override
  public Optional<CatalogModel> find(String reference) {
    try {
      return store.find(reference).stream().flatMap(this::describe).findFirst();
    } catch (ReferenceException _) {
      return Optional.empty();
    }
  }

  private Stream<CatalogModel> describe(StoredModel model) {
    try {
      CatalogModel described = known.computeIfAbsent(model.id(), _ -> read(model));
      return Stream.of(
          new CatalogModel(
              described.id(),
              model.tags(),
              described.created(),
              described.artifact(),
              described.chatTemplate(),
              described.description()));
    } catch (ArtifactException | StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "model " + model.displayName() + " is left out", e);
      return Stream.empty();
    }
  }

  private CatalogModel read(StoredModel model) {
    Manifest manifest = store.manifest(model);
    ModelConfig config =
        ModelConfigReader.read(
            manifest, store.read(manifest.config().digest(), ModelConfigJson.MAX_BYTES));
    return new CatalogModel(
        model.id().toString(),
        model.tags(),
        config.created().orElse(Instant.EPOCH),
        new ModelArtifact(weights(manifest)),
        files(manifest).flatMap(ModelFiles::chatTemplate),
        description(config));
  }

  /// What no engine can run is told when it is to be loaded.
  private Path weights(Manifest manifest) {
    return files(manifest)
        .map(files -> files.gguf().getFirst())
        .or(() -> manifest.layers().stream().findFirst().map(Descriptor::digest).map(store::blob))
        .orElseGet(() -> store.blob(manifest.config().digest()));
  }

  private Optional<ModelFiles> files(Manifest manifest) {
    try {
      return Optional.of(ModelFiles.of(manifest, store::blob));
    } catch (ArtifactException _) {
      return Optional.empty();
    }
  }

  private static ModelDescription description(ModelConfig config) {
    return new ModelDescription(
        config.format(),
        text(config.quantization()),
        text(config.parameters()),
        text(config.architecture()),
        text(config.size()),
        config.metadata(),
        config.contextSize());
  }

  private static Optional<String> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
