package dev.jmr.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ManifestJson;
import dev.jmr.server.artifact.MediaTypes;
import dev.jmr.server.reference.ModelReference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Small models for the tests of the store; the same words give the same model.
final class Artifacts {
  private Artifacts() {}

  static Descriptor layer(String content) {
    return descriptor(MediaTypes.GGUF, content);
  }

  private static Descriptor descriptor(String mediaType, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return new Descriptor(mediaType, Digest.of(bytes), bytes.length);
  }

  /// A model whose layers hold these words.
  static Manifest manifest(String... layers) {
    return ManifestJson.create(
        Optional.empty(),
        descriptor(MediaTypes.CONFIG_V0_1, config(layers)),
        Arrays.stream(layers).map(Artifacts::layer).toList());
  }

  private static String config(String... layers) {
    return "{\"config\":{\"format\":\"gguf\",\"size\":\"%s\"}}".formatted(String.join("+", layers));
  }

  /// Writes the blobs of a model, without committing it.
  static void blobs(ModelStore store, String... layers) throws InterruptedException {
    for (String layer : layers) {
      store.putBlob(MediaTypes.GGUF, layer.getBytes(UTF_8));
    }
    store.putBlob(MediaTypes.CONFIG_V0_1, config(layers).getBytes(UTF_8));
  }

  /// Adds a model.
  static StoredModel add(ModelStore store, String name, String... layers)
      throws InterruptedException {
    Manifest manifest = manifest(layers);
    try (Pin _ = store.pin(manifest)) {
      blobs(store, layers);
      return store.commit(manifest, Optional.of(ModelReference.parse(name)));
    }
  }

  static List<Digest> digests(Manifest manifest) {
    return java.util.stream.Stream.concat(
            manifest.layers().stream().map(Descriptor::digest),
            java.util.stream.Stream.of(manifest.config().digest()))
        .toList();
  }
}
