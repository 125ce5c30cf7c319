package dev.jmr.server.transfer;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.BlobSource;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.Repository;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.Pin;
import dev.jmr.server.store.StoredModel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Sends models of a store to registries; what a registry has already, also in another repository
/// that the store has a name of, is not sent again.
///
/// Any thread may use it, for several models at once. The name appears in the registry when
/// everything else is there.
public final class Push {
  private static final int PARALLEL_LAYERS = 5;
  private static final int MAX_OTHERS = 3;

  private final RegistryClient client;
  private final ModelStore store;

  public Push(RegistryClient client, ModelStore store) {
    this.client = client;
    this.store = store;
  }

  /// Sends a model.
  ///
  /// @param model name or id in the store
  /// @param target where to
  /// @param listener gets the events, one at a time, from several threads; the last one is a
  ///     success
  /// @throws RegistryException if the registry refuses or keeps failing
  /// @throws dev.jmr.server.store.StoreException if the store has no such model or not all of it
  /// @throws InterruptedException if the thread was interrupted: the way to cancel
  public void run(String model, ModelReference target, Consumer<ProgressEvent> listener)
      throws InterruptedException {
    if (target.huggingFace()) {
      throw new RegistryException(
          RegistryException.Kind.UNSUPPORTED,
          "%s: expected a registry to push to, got Hugging Face; models can be pulled from there only"
              .formatted(target.display()));
    }
    StoredModel stored = store.require(model);
    Manifest manifest = store.manifest(stored);
    Repository repository = new Repository(target.registry(), target.repository());
    try (Pin _ = store.pin(manifest)) {
      send(repository, manifest, listener);
      client.publish(repository, target.version(), manifest);
    }
    listener.accept(ProgressEvent.success(ProgressEvent.Mode.PUSH, "Model pushed successfully"));
  }

  private void send(Repository repository, Manifest manifest, Consumer<ProgressEvent> listener)
      throws InterruptedException {
    // First, so that who may not write is told before the first byte.
    boolean hasConfig = client.exists(repository, manifest.config());
    Map<Digest, Descriptor> layers = new LinkedHashMap<>();
    manifest.layers().forEach(layer -> layers.putIfAbsent(layer.digest(), layer));
    ProgressMeter meter =
        new ProgressMeter(ProgressEvent.Mode.PUSH, Sizes.total(layers.values()), listener);
    List<ParallelTasks.Task> tasks = new ArrayList<>();
    for (Descriptor layer : layers.values()) {
      List<Repository> others = others(repository, layer);
      tasks.add(() -> send(repository, layer, others, meter.layer(layer)));
    }
    ParallelTasks.run(PARALLEL_LAYERS, tasks);
    if (!hasConfig) {
      client.upload(repository, manifest.config(), source(manifest.config()), _ -> {});
    }
  }

  /// Other repositories of the same registry that may have a layer, by the names that the store
  /// knows.
  private List<Repository> others(Repository repository, Descriptor layer) {
    return store.list().stream()
        .filter(model -> model.files().contains(layer.digest()))
        .flatMap(model -> model.references().stream())
        .filter(name -> name.registry().equals(repository.registry()))
        .map(name -> new Repository(name.registry(), name.repository()))
        .filter(other -> !other.equals(repository))
        .distinct()
        .limit(MAX_OTHERS)
        .toList();
  }

  private boolean mounted(Repository repository, Descriptor layer, List<Repository> others)
      throws InterruptedException {
    for (Repository other : others) {
      if (client.mount(repository, layer, other)) {
        return true;
      }
    }
    return false;
  }

  private void send(
      Repository repository, Descriptor layer, List<Repository> others, ProgressThrottle meter)
      throws InterruptedException {
    if (!client.exists(repository, layer) && !mounted(repository, layer, others)) {
      client.upload(repository, layer, source(layer), meter::at);
    }
    meter.done();
  }

  private BlobSource source(Descriptor blob) {
    Path path = store.blob(blob.digest());
    return offset ->
        Channels.newInputStream(FileChannel.open(path, StandardOpenOption.READ).position(offset));
  }
}
