package dev.jmr.server.models;

import dev.jmr.runtime.ModelArtifact;
import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.ModelConfig;
import dev.jmr.server.library.ModelEntry;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.library.RunnableModel;
import dev.jmr.server.manager.CatalogModel;
import dev.jmr.server.manager.ModelCatalog;
import dev.jmr.server.manager.ModelDescription;
import dev.jmr.server.reference.ReferenceException;
import dev.jmr.server.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/// The models of a store.
public final class StoreCatalog implements ModelCatalog {
  private final ModelLibrary library;

  /// How models are run: what has the same id never changes.
  private final Map<Digest, Optional<RunnableModel>> runnable = new ConcurrentHashMap<>();

  public StoreCatalog(ModelLibrary library) {
    this.library = library;
  }

  @Override
  public List<CatalogModel> models() {
    return library.list().stream().map(this::model).toList();
  }

  @Override
  public Optional<CatalogModel> find(String reference) {
    try {
      return library.find(reference).map(this::model);
    } catch (ReferenceException _) {
      return Optional.empty();
    }
  }

  private CatalogModel model(ModelEntry entry) {
    Optional<RunnableModel> how = runnable(entry);
    return new CatalogModel(
        entry.id().toString(),
        entry.tags(),
        Instant.ofEpochSecond(entry.createdSeconds()),
        new ModelArtifact(how.map(RunnableModel::weights).orElseGet(() -> anyFile(entry))),
        how.flatMap(RunnableModel::chatTemplate),
        description(
            entry.config(), how.map(RunnableModel::contextSize).orElse(OptionalInt.empty())));
  }

  private Optional<RunnableModel> runnable(ModelEntry entry) {
    Optional<RunnableModel> known = runnable.get(entry.id());
    if (known != null) {
      return known;
    }
    Optional<RunnableModel> read;
    try {
      read = Optional.of(library.runnable(entry));
    } catch (ArtifactException _) {
      read = Optional.empty();
    } catch (StoreException _) {
      // It was deleted meanwhile, and may come back.
      return Optional.empty();
    }
    runnable.put(entry.id(), read);
    return read;
  }

  /// Of a model that we cannot run: no engine takes it, and that is what is told when it is to be loaded.
  private Path anyFile(ModelEntry entry) {
    Descriptor file =
        entry.manifest().layers().stream().findFirst().orElse(entry.manifest().config());
    return library.store().place(file.digest());
  }

  private static ModelDescription description(ModelConfig config, OptionalInt contextSize) {
    return new ModelDescription(
        config.format(),
        text(config.quantization()),
        text(config.parameters()),
        text(config.architecture()),
        text(config.size()),
        config.metadata(),
        contextSize,
        config.defaultParameters());
  }

  private static Optional<String> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
