package dev.jmr.server.packaging;

import dev.jmr.gguf.Gguf;
import dev.jmr.server.artifact.ConfigForm;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.GgufDescription;
import dev.jmr.server.artifact.LayerRole;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ModelConfig;
import dev.jmr.server.artifact.ModelConfigJson;
import dev.jmr.server.artifact.ModelConfigReader;
import dev.jmr.server.artifact.ModelLayers;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.store.BlobWriter;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.Pin;
import dev.jmr.server.store.StoredModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/// Makes artifacts in a store. The same files, options and times give the same artifact, with the
/// same id.
///
/// Every method throws [dev.jmr.server.artifact.ArtifactException] for files that do not fit, and
/// [dev.jmr.server.store.StoreException] where the store is at fault.
public final class ModelPackager {
  private static final int BUFFER_BYTES = 1 << 20;

  private final ModelStore store;
  private final LongConsumer progress;

  public ModelPackager(ModelStore store) {
    this(store, _ -> {});
  }

  /// @param progress told how many more bytes of files were read; each file is read once for its
  ///     digest, and once to be copied
  public ModelPackager(ModelStore store, LongConsumer progress) {
    this.store = store;
    this.progress = progress;
  }

  /// Packs a GGUF model.
  ///
  /// @param gguf the file, or any one of the shards, which lie beside it
  /// @throws dev.jmr.gguf.GgufException if it is none
  public StoredModel pack(Path gguf, PackageOptions options, Optional<ModelReference> tag)
      throws IOException, InterruptedException {
    List<Path> shards = shards(gguf);
    List<LayerFile> files = new ArrayList<>();
    for (Path shard : shards) {
      files.add(LayerFile.of(shard, LayerRole.GGUF, progress));
    }
    files.addAll(additions(options));
    Instant newest =
        files.stream().map(LayerFile::modified).max(Comparator.naturalOrder()).orElseThrow();
    Instant created = options.created().orElse(newest).truncatedTo(ChronoUnit.SECONDS);
    ConfigForm form = options.form().orElse(ConfigForm.DOCKER_V0_1);
    ModelConfig config =
        with(options, GgufDescription.describe(shards)).withLayers(List.of(), Optional.of(created));
    List<Descriptor> layers =
        files.stream().map(file -> LayerForm.layer(file.layer(), form)).toList();
    return write(ArtifactDraft.of(config, form, layers), files, tag);
  }

  /// Packs a model of the store anew: the layers that stay are shared, not copied.
  public StoredModel repack(
      StoredModel source, PackageOptions options, Optional<ModelReference> tag)
      throws IOException, InterruptedException {
    Manifest manifest = store.manifest(source);
    ModelConfig config =
        ModelConfigReader.read(
            manifest, store.read(manifest.config().digest(), ModelConfigJson.MAX_BYTES));
    ConfigForm sourceForm = ConfigForm.ofMediaType(manifest.config().mediaType());
    ConfigForm form = form(options, sourceForm);
    List<LayerFile> files = additions(options);
    List<Descriptor> layers = new ArrayList<>(kept(manifest, files));
    if (form != sourceForm) {
      layers.replaceAll(layer -> LayerForm.converted(layer, form));
      config = described(config, manifest);
    }
    files.forEach(file -> layers.add(LayerForm.layer(file.layer(), form)));
    Optional<Instant> created = options.created().or(config::created);
    ModelConfig changed = with(options, config).withLayers(List.of(), created);
    return write(ArtifactDraft.of(changed, form, layers), files, tag);
  }

  /// Makes an artifact of Docker's first form of blobs that the store has, and that the caller
  /// keeps there with a [dev.jmr.server.store.Pin].
  ///
  /// @param layers in order, GGUF among them
  /// @param created the time that the artifact states
  /// @throws dev.jmr.gguf.GgufException if they are no model
  public StoredModel assemble(
      List<PackedLayer> layers, Instant created, Optional<ModelReference> tag)
      throws InterruptedException {
    List<Path> shards =
        layers.stream()
            .filter(layer -> layer.role() == LayerRole.GGUF)
            .map(layer -> store.blob(layer.digest()))
            .toList();
    ModelConfig config =
        GgufDescription.describe(shards)
            .withLayers(List.of(), Optional.of(created.truncatedTo(ChronoUnit.SECONDS)));
    ConfigForm form = ConfigForm.DOCKER_V0_1;
    List<Descriptor> descriptors =
        layers.stream().map(layer -> LayerForm.layer(layer, form)).toList();
    return commit(ArtifactDraft.of(config, form, descriptors), tag);
  }

  private StoredModel write(
      ArtifactDraft draft, List<LayerFile> files, Optional<ModelReference> tag)
      throws IOException, InterruptedException {
    try (Pin _ = store.pin(draft.manifest())) {
      store.requireSpace(draft.manifest().layers());
      for (LayerFile file : files) {
        copy(file);
      }
      return commit(draft, tag);
    }
  }

  private StoredModel commit(ArtifactDraft draft, Optional<ModelReference> tag)
      throws InterruptedException {
    store.putBlob(draft.manifest().config().mediaType(), draft.config());
    return store.commit(draft.manifest(), tag);
  }

  private void copy(LayerFile file) throws IOException, InterruptedException {
    Descriptor blob = LayerForm.layer(file.layer(), ConfigForm.DOCKER_V0_1);
    byte[] buffer = new byte[BUFFER_BYTES];
    try (BlobWriter writer = store.openBlob(blob);
        InputStream in = Files.newInputStream(file.path())) {
      in.skipNBytes(writer.position());
      progress.accept(writer.position());
      while (writer.remaining() > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, writer.remaining()));
        if (read < 0) {
          break;
        }
        writer.write(buffer, 0, read);
        progress.accept(read);
      }
      writer.commit();
    }
  }

  private static List<Path> shards(Path gguf) {
    try (Gguf model = Gguf.open(gguf)) {
      return model.paths();
    }
  }

  private List<LayerFile> additions(PackageOptions options) throws IOException {
    List<LayerFile> files = new ArrayList<>();
    if (options.projector().isPresent()) {
      Path projector = options.projector().get();
      GgufDescription.describe(List.of(projector));
      files.add(LayerFile.of(projector, LayerRole.PROJECTOR, progress));
    }
    if (options.chatTemplate().isPresent()) {
      files.add(LayerFile.of(options.chatTemplate().get(), LayerRole.CHAT_TEMPLATE, progress));
    }
    for (Path license : options.licenses()) {
      files.add(LayerFile.of(license, LayerRole.LICENSE, progress));
    }
    return files;
  }

  /// The layers that none of the new files replaces.
  private static List<Descriptor> kept(Manifest manifest, List<LayerFile> files) {
    ModelLayers.of(manifest);
    Set<LayerRole> replaced = EnumSet.noneOf(LayerRole.class);
    files.stream()
        .map(file -> file.layer().role())
        .filter(role -> role != LayerRole.LICENSE)
        .forEach(replaced::add);
    return manifest.layers().stream()
        .filter(layer -> !replaced.contains(LayerRole.of(layer)))
        .toList();
  }

  private static ConfigForm form(PackageOptions options, ConfigForm source) {
    ConfigForm wanted = options.form().orElse(source);
    boolean bothDocker = wanted != ConfigForm.CNCF && source != ConfigForm.CNCF;
    return bothDocker ? source : wanted;
  }

  /// With the metadata of the weights, which one form has no field for.
  private ModelConfig described(ModelConfig config, Manifest manifest) {
    List<Descriptor> weights = ModelLayers.of(manifest).with(LayerRole.GGUF);
    if (!config.metadata().isEmpty() || weights.isEmpty()) {
      return config;
    }
    List<Path> paths = weights.stream().map(Descriptor::digest).map(store::blob).toList();
    return GgufDescription.describe(paths)
        .withContextSize(config.contextSize())
        .withDefaultParameters(config.defaultParameters())
        .withLayers(List.<Digest>of(), config.created());
  }

  private static ModelConfig with(PackageOptions options, ModelConfig config) {
    Map<String, String> parameters = new TreeMap<>(config.defaultParameters());
    parameters.putAll(options.defaultParameters());
    return config
        .withContextSize(
            options.contextSize().isPresent() ? options.contextSize() : config.contextSize())
        .withDefaultParameters(parameters);
  }
}
