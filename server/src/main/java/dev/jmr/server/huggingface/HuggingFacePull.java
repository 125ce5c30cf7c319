package dev.jmr.server.huggingface;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.LayerRole;
import dev.jmr.server.packaging.ModelPackager;
import dev.jmr.server.packaging.PackedLayer;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.Pin;
import dev.jmr.server.store.StoredModel;
import dev.jmr.server.transfer.NearestModels;
import dev.jmr.server.transfer.ProgressEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings models from Hugging Face into a store:
/// `hf.co/<organization>/<repository>[:<quantization>]`.
///
/// The files become an artifact of Docker's first form, which states the time of the repository's
/// last change: the same state of a repository gives the same model, with the same id. Any thread
/// may use it, several at once.
public final class HuggingFacePull implements AutoCloseable {
  private static final int MAX_TEXT_BYTES = 4 << 20;
  private static final double MEGABYTE = 1e6;

  private final HubClient client;
  private final ModelStore store;
  private final ModelPackager packager;

  public HuggingFacePull(HubOptions options, ModelStore store) {
    this.client = new HubClient(options);
    this.store = store;
    this.packager = new ModelPackager(store);
  }

  /// Fetches a model, as far as it is not there, and names it. If the hub cannot be reached and the
  /// store has the model, that one is the result. An interrupt keeps what was fetched.
  ///
  /// @param reference whose tag is a quantization; without one it is Q4_K_M, or what there is
  /// @param listener gets the events, one at a time, from several threads; the last one is a
  ///     success
  /// @throws RegistryException if the hub does not have it, does not let us, or cannot be reached
  /// @throws dev.jmr.gguf.GgufException if the files are no model
  public StoredModel run(ModelReference reference, Consumer<ProgressEvent> listener)
      throws InterruptedException {
    HubProgress progress = new HubProgress(listener);
    StoredModel model = pull(reference, progress);
    progress.success();
    return model;
  }

  private StoredModel pull(ModelReference reference, HubProgress progress)
      throws InterruptedException {
    String repository = repository(reference);
    String tag = reference.tag().orElseThrow();
    progress.note("Fetching file list...");
    HubRevision revision;
    List<HubFile> files;
    try {
      revision = client.revision(repository);
      files = client.files(revision);
    } catch (RegistryException e) {
      return stored(reference, e, progress);
    }
    HubSelection selection = HubChooser.choose(repository, files, tag);
    progress.note(selection.note());
    List<HubFile> large = selection.largeFiles();
    progress.note(found(large.size(), large.stream().mapToLong(HubFile::size).sum()));
    return fetch(reference, revision, selection, progress);
  }

  private StoredModel fetch(
      ModelReference reference, HubRevision revision, HubSelection selection, HubProgress progress)
      throws InterruptedException {
    Map<HubFile, byte[]> texts = new LinkedHashMap<>();
    for (HubFile file : selection.smallFiles()) {
      texts.put(file, client.bytes(revision, file, MAX_TEXT_BYTES));
    }
    List<PackedLayer> layers = layers(selection, texts);
    try (Pin _ = store.pin(layers.stream().map(PackedLayer::digest).toList())) {
      HubDownload download = new HubDownload(client, store, revision);
      HubDownloads.fetch(download, store, selection.largeFiles(), progress);
      for (byte[] text : texts.values()) {
        store.putBlob("text/plain", text);
      }
      progress.note("Building model artifact...");
      return packager.assemble(layers, revision.modified(), Optional.of(reference));
    }
  }

  private static List<PackedLayer> layers(HubSelection selection, Map<HubFile, byte[]> texts) {
    List<PackedLayer> layers = new ArrayList<>();
    for (HubFile file : selection.largeFiles()) {
      Descriptor blob = HubDownload.blob(file);
      layers.add(
          new PackedLayer(LayerRole.ofFile(file.path()), file.name(), blob.digest(), blob.size()));
    }
    texts.forEach((file, text) ->
        layers.add(
            new PackedLayer(
                LayerRole.ofFile(file.path()), file.name(), Digest.of(text), text.length)));
    return layers;
  }

  private StoredModel stored(
      ModelReference reference, RegistryException failure, HubProgress progress) {
    Optional<StoredModel> model =
        failure.kind() == RegistryException.Kind.UNREACHABLE
            ? store.find(reference).filter(store::complete)
            : Optional.empty();
    if (model.isPresent()) {
      progress.warning("not checked for updates: " + failure.getMessage());
    }
    return model.orElseThrow(() -> NearestModels.suggest(store, reference, failure));
  }

  private static String repository(ModelReference reference) {
    long components = reference.repository().chars().filter(c -> c == '/').count() + 1;
    if (!reference.huggingFace() || components > 2 || reference.tag().isEmpty()) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "hugging face: expected hf.co/organization/repository[:quantization], got %s"
              .formatted(reference.normalized()));
    }
    return reference.repository();
  }

  private static String found(int count, long bytes) {
    return String.format(Locale.ROOT, "Found %d files (%.2f MB total)", count, bytes / MEGABYTE);
  }

  /// Ends what is under way.
  @Override
  public void close() {
    client.close();
  }
}
