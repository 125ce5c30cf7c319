package dev.jmr.server.transfer;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.Repository;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.Pin;
import dev.jmr.server.store.StoredModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Fetches models from registries into a store.
///
/// Any thread may use it, for several models at once. A pull that ends early, by interruption or
/// failure, leaves in the store what it fetched, and the next one goes on from there; the model is
/// in the store's list once all of it is there and checked.
public final class Pull {
  private static final int PARALLEL_LAYERS = 4;

  private final RegistryClient client;
  private final ModelStore store;

  public Pull(RegistryClient client, ModelStore store) {
    this.client = client;
    this.store = store;
  }

  /// Fetches a model, or gives the name to the same model that is there already.
  ///
  /// Without the registry a model that is there is used as it is, with a warning.
  ///
  /// @param listener gets the events, one at a time, from several threads; the last one is a
  ///     success
  /// @throws RegistryException if the registry refuses or keeps failing, or has no model that we
  ///     can run
  /// @throws dev.jmr.server.store.StoreException if the store or the disk is at fault, or too full
  /// @throws InterruptedException if the thread was interrupted: the way to cancel
  public StoredModel run(ModelReference reference, Consumer<ProgressEvent> listener)
      throws InterruptedException {
    Repository repository = new Repository(reference.registry(), reference.repository());
    Optional<StoredModel> present = store.find(reference).filter(store::complete);
    Manifest manifest;
    try {
      manifest = resolve(repository, reference, present);
    } catch (RegistryException e) {
      if (present.isEmpty()) {
        throw NearestModels.suggest(store, reference, e);
      }
      if (e.kind() != RegistryException.Kind.UNREACHABLE) {
        throw e;
      }
      listener.accept(
          ProgressEvent.warning(
              ProgressEvent.Mode.PULL, "not checked for updates: " + e.getMessage()));
      return cached(store.manifest(present.get()), reference, listener);
    }
    ModelFormat.check(manifest, reference.display());
    boolean known = store.list().stream().anyMatch(m -> m.id().equals(manifest.digest()));
    if (known && store.complete(manifest)) {
      return cached(manifest, reference, listener);
    }
    try (Pin _ = store.pin(manifest)) {
      fetch(repository, manifest, listener);
      StoredModel model = store.commit(manifest, tag(reference));
      listener.accept(ProgressEvent.success(ProgressEvent.Mode.PULL, "Model pulled successfully"));
      return model;
    }
  }

  private Manifest resolve(
      Repository repository, ModelReference reference, Optional<StoredModel> present)
      throws InterruptedException {
    if (present.isPresent()) {
      Digest id = present.get().id();
      if (reference.digest().isPresent()
          || client.digest(repository, reference.version()).filter(id::equals).isPresent()) {
        return store.manifest(present.get());
      }
    }
    return client.manifest(repository, reference.version());
  }

  private StoredModel cached(
      Manifest manifest, ModelReference reference, Consumer<ProgressEvent> listener) {
    StoredModel model = store.commit(manifest, tag(reference));
    String size = Sizes.text(Sizes.total(manifest.layers()));
    listener.accept(ProgressEvent.success(ProgressEvent.Mode.PULL, "Using cached model: " + size));
    return model;
  }

  private static Optional<ModelReference> tag(ModelReference reference) {
    return reference.digest().isPresent() ? Optional.empty() : Optional.of(reference);
  }

  private void fetch(Repository repository, Manifest manifest, Consumer<ProgressEvent> listener)
      throws InterruptedException {
    Map<Digest, Descriptor> layers = new LinkedHashMap<>();
    manifest.layers().forEach(layer -> layers.putIfAbsent(layer.digest(), layer));
    long total = Sizes.total(layers.values());
    store.requireSpace(layers.values());
    // First, so that a registry without it is found out before gigabytes.
    byte[] config = client.config(repository, manifest);
    ProgressMeter meter = new ProgressMeter(ProgressEvent.Mode.PULL, total, listener);
    List<ParallelTasks.Task> tasks = new ArrayList<>();
    for (Descriptor layer : layers.values()) {
      tasks.add(new LayerDownload(client, store, repository, layer, meter.layer(layer))::run);
    }
    ParallelTasks.run(PARALLEL_LAYERS, tasks);
    store.putBlob(manifest.config().mediaType(), config);
  }
}
