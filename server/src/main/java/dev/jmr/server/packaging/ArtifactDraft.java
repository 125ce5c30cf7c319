package dev.jmr.server.packaging;

import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.ConfigForm;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ManifestJson;
import dev.jmr.server.artifact.ModelConfig;
import dev.jmr.server.artifact.ModelConfigJson;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An artifact that is worked out, but not written: the same layers and configuration give the same
/// bytes.
///
/// @param manifest that names the rest
/// @param config the bytes of the configuration
record ArtifactDraft(Manifest manifest, byte[] config) {
  /// The artifact of these layers.
  ///
  /// @param config whose layers are replaced by these
  /// @throws ArtifactException if two files of the model have the same path
  static ArtifactDraft of(ModelConfig config, ConfigForm form, List<Descriptor> layers) {
    requireDistinctPaths(layers);
    List<Digest> diffIds = layers.stream().map(Descriptor::digest).toList();
    ModelConfig complete = config.withLayers(diffIds, config.created());
    byte[] bytes = ModelConfigJson.write(complete, form);
    Descriptor descriptor =
        new Descriptor(
            form.mediaType(),
            Digest.of(bytes),
            bytes.length,
            ModelConfigJson.annotations(complete, form));
    return new ArtifactDraft(ManifestJson.create(form.artifactType(), descriptor, layers), bytes);
  }

  private static void requireDistinctPaths(List<Descriptor> layers) {
    Set<String> paths = new HashSet<>();
    for (Descriptor layer : layers) {
      String path = layer.annotations().getOrDefault(Descriptor.FILE_PATH, "");
      if (!path.isEmpty() && !paths.add(path)) {
        throw new ArtifactException(
            "package: expected each file name once, got '%s' twice; rename one".formatted(path));
      }
    }
  }
}
