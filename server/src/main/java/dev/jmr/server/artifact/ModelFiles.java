package dev.jmr.server.artifact;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The files of a model, as an engine opens them: blobs, whose names say nothing.
///
/// @param gguf the weights, all shards in order, at least one: for
///     [dev.jmr.gguf.Gguf#open(java.util.List)]
/// @param projector what turns images into embeddings, a GGUF file too
/// @param chatTemplate a Jinja template that replaces the one in the weights
/// @param licenses plain texts
public record ModelFiles(
    List<Path> gguf, Optional<Path> projector, Optional<Path> chatTemplate, List<Path> licenses) {
  public ModelFiles {
    gguf = List.copyOf(gguf);
    licenses = List.copyOf(licenses);
  }

  /// The files of an artifact.
  ///
  /// @param blob where the blob with a digest lies
  /// @throws UnsupportedArtifactException if we cannot run the model
  public static ModelFiles of(Manifest manifest, Function<Digest, Path> blob) {
    ModelLayers layers = ModelLayers.of(manifest);
    return new ModelFiles(
        paths(layers.requireGguf(), blob),
        layers.first(LayerRole.PROJECTOR).map(Descriptor::digest).map(blob),
        layers.first(LayerRole.CHAT_TEMPLATE).map(Descriptor::digest).map(blob),
        paths(layers.with(LayerRole.LICENSE), blob));
  }

  private static List<Path> paths(List<Descriptor> layers, Function<Digest, Path> blob) {
    return layers.stream().map(Descriptor::digest).map(blob).toList();
  }
}
