package dev.jmr.server.packaging;

import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ManifestJson;
import dev.jmr.server.artifact.ModelConfigJson;
import dev.jmr.server.artifact.ModelConfigReader;
import dev.jmr.server.artifact.ModelLayers;
import dev.jmr.server.store.BlobWriter;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.Pin;
import dev.jmr.server.store.StoredModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes models as tar archives and reads them: members `blobs/sha256/<hex>`, then
/// `manifest.json`, without a name for the model (Docker Model Runner's form).
public final class ModelArchive {
  private static final String MANIFEST = "manifest.json";
  private static final String BLOBS = "blobs/sha256/";
  private static final String CURRENT_FOLDER = "./";
  private static final String ANY_BYTES = "application/octet-stream";
  private static final int MAX_MEMBERS = 8192;
  private static final int BUFFER_BYTES = 1 << 20;

  private final ModelStore store;

  public ModelArchive(ModelStore store) {
    this.store = store;
  }

  /// Writes a model of the store; the same model gives the same bytes.
  ///
  /// @param out stays the caller's
  public void export(StoredModel model, OutputStream out) throws IOException, InterruptedException {
    Manifest manifest = store.manifest(model);
    Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
    manifest.layers().forEach(layer -> blobs.putIfAbsent(layer.digest(), layer));
    blobs.putIfAbsent(manifest.config().digest(), manifest.config());
    TarWriter tar = new TarWriter(out);
    try (Pin _ = store.pin(manifest)) {
      for (Descriptor blob : blobs.values()) {
        try (InputStream in = Files.newInputStream(store.blob(blob.digest()))) {
          tar.file(BLOBS + blob.digest().hex(), blob.size(), in);
        }
      }
    }
    byte[] bytes = manifest.bytes();
    tar.file(MANIFEST, bytes.length, new ByteArrayInputStream(bytes));
    tar.finish();
  }

  /// Adds the model of an archive to the store, without a name. Blobs are written while they are
  /// read; if the archive turns out wrong, there is no model, and whole blobs stay until the store
  /// is pruned.
  ///
  /// @param in stays the caller's
  /// @throws ArtifactException if it is no archive of a model that we could run, or holds anything
  ///     else
  /// @throws IOException also if the archive ends before its end
  public StoredModel load(InputStream in) throws IOException, InterruptedException {
    Deque<Pin> pins = new ArrayDeque<>();
    try {
      return load(new TarReader(in), pins);
    } finally {
      pins.forEach(Pin::close);
    }
  }

  private StoredModel load(TarReader tar, Deque<Pin> pins)
      throws IOException, InterruptedException {
    for (int members = 0; members < MAX_MEMBERS; members++) {
      TarEntry entry =
          tar.next()
              .orElseThrow(() ->
                  new ArtifactException(
                      "archive: expected %s at the end; is this the archive of a model?"
                          .formatted(MANIFEST)));
      String name = name(entry);
      if (entry.directory()) {
        continue;
      }
      if (name.equals(MANIFEST)) {
        return commit(manifest(tar, entry), tar);
      }
      Descriptor blob = new Descriptor(ANY_BYTES, digest(name), entry.size());
      pins.add(store.pin(List.of(blob.digest())));
      write(blob, tar);
    }
    throw new ArtifactException(
        "archive: expected at most %d members, got more".formatted(MAX_MEMBERS));
  }

  private static String name(TarEntry entry) {
    String name = entry.name();
    return name.startsWith(CURRENT_FOLDER) ? name.substring(CURRENT_FOLDER.length()) : name;
  }

  private static Digest digest(String name) {
    Optional<Digest> digest =
        name.startsWith(BLOBS)
            ? Digest.tryParse("sha256:" + name.substring(BLOBS.length()))
            : Optional.empty();
    return digest.orElseThrow(() ->
        new ArtifactException(
            "archive: expected %s<digest> or %s, got '%s'".formatted(BLOBS, MANIFEST, name)));
  }

  private static Manifest manifest(TarReader tar, TarEntry entry) throws IOException {
    if (entry.size() > ManifestJson.MAX_BYTES) {
      throw new ArtifactException(
          "archive: expected a manifest of at most %d bytes, got %d"
              .formatted(ManifestJson.MAX_BYTES, entry.size()));
    }
    return ManifestJson.read(tar.readAllBytes());
  }

  private void write(Descriptor blob, TarReader tar) throws IOException, InterruptedException {
    try (BlobWriter writer = store.openBlob(blob)) {
      if (writer.remaining() == 0) {
        writer.commit();
        return;
      }
      writer.restart();
      store.requireSpace(List.of(blob));
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
        writer.write(buffer, 0, read);
      }
      writer.commit();
    }
  }

  private StoredModel commit(Manifest manifest, TarReader tar) throws IOException {
    Optional<TarEntry> more = tar.next();
    if (more.isPresent()) {
      throw new ArtifactException(
          "archive: expected nothing after %s, got '%s'".formatted(MANIFEST, more.get().name()));
    }
    ModelLayers.of(manifest);
    byte[] config = store.read(manifest.config().digest(), ModelConfigJson.MAX_BYTES);
    ModelConfigReader.read(manifest, config);
    return store.commit(manifest, Optional.empty());
  }
}
