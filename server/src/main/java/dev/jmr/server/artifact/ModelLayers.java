package dev.jmr.server.artifact;

import dev.jmr.gguf.ShardName;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The layers of an artifact by what they are to the model, for every form of artifact.
public final class ModelLayers {
  private record Layer(Descriptor descriptor, LayerRole role) {}

  private final List<Layer> layers;

  private ModelLayers(List<Layer> layers) {
    this.layers = layers;
  }

  /// The layers of this artifact.
  ///
  /// @throws ArtifactException if a layer's path would lead out of the model's folder
  public static ModelLayers of(Manifest manifest) {
    List<Layer> layers =
        manifest.layers().stream().map(layer -> new Layer(layer, LayerRole.of(layer))).toList();
    manifest.layers().forEach(ModelLayers::checkPath);
    return new ModelLayers(layers);
  }

  /// The layers with this role, in the order of the manifest; shards of GGUF in the order that
  /// their names tell.
  public List<Descriptor> with(LayerRole role) {
    return layers.stream()
        .filter(layer -> layer.role == role)
        .map(Layer::descriptor)
        .sorted(Comparator.comparingInt(ModelLayers::shardIndex))
        .toList();
  }

  /// The first layer with this role.
  public Optional<Descriptor> first(LayerRole role) {
    return with(role).stream().findFirst();
  }

  /// The weights that we can run.
  ///
  /// @throws UnsupportedArtifactException if there are none; the message says what there is instead
  public List<Descriptor> requireGguf() {
    List<Descriptor> gguf = with(LayerRole.GGUF);
    if (!gguf.isEmpty()) {
      return gguf;
    }
    String found =
        !with(LayerRole.SAFETENSORS).isEmpty()
            ? "safetensors"
            : !with(LayerRole.DDUF).isEmpty() ? "DDUF (diffusers)" : "none";
    throw new UnsupportedArtifactException(
        "model: expected weights in GGUF, got %s; look for a GGUF variant of the model"
            .formatted(found));
  }

  /// The size of the weights, of whichever format.
  long weightBytes() {
    return layers.stream()
        .filter(layer ->
            switch (layer.role) {
              case GGUF, SAFETENSORS, DDUF -> true;
              case PROJECTOR, CHAT_TEMPLATE, LICENSE, COMPANION -> false;
            })
        .mapToLong(layer -> layer.descriptor.size())
        .sum();
  }

  private static int shardIndex(Descriptor layer) {
    return ShardName.of(layer.annotations().getOrDefault(Descriptor.FILE_PATH, ""))
        .map(ShardName::index)
        .orElse(0);
  }

  private static void checkPath(Descriptor layer) {
    String path = layer.annotations().getOrDefault(Descriptor.FILE_PATH, "");
    boolean leaves =
        path.startsWith("/")
            || path.indexOf('\\') >= 0
            || path.indexOf('\0') >= 0
            || Arrays.asList(path.split("/")).contains("..");
    if (leaves) {
      throw new ArtifactException(
          "layer %s: expected a path within the model, got '%s'".formatted(layer.digest(), path));
    }
  }
}
