package dev.jmr.server.transfer;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.MediaTypes;
import dev.jmr.server.registry.RegistryException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Says, before anything large is fetched, whether a manifest is a model that this runner can run.
final class ModelFormat {
  private static final Set<String> CONFIGS =
      Set.of(MediaTypes.CONFIG_V0_1, MediaTypes.CONFIG_V0_2, MediaTypes.CNCF_CONFIG);
  private static final Set<String> GGUF = Set.of(MediaTypes.GGUF, MediaTypes.CNCF_GGUF);
  private static final Set<String> FILES = Set.of(MediaTypes.CNCF_WEIGHT, MediaTypes.FILE);
  private static final String SUPPORTED =
      "supported: GGUF models packaged by Docker Model Runner (config v0.1, v0.2) or as CNCF ModelPack";

  private ModelFormat() {}

  /// Refuses what is not a model, not in GGUF, or would put files outside of its folder.
  ///
  /// @param what names it in messages
  /// @throws RegistryException of kind UNSUPPORTED or INVALID
  static void check(Manifest manifest, String what) {
    String config = manifest.config().mediaType();
    if (!CONFIGS.contains(config)) {
      String image = config.contains("image") ? " (a container image)" : "";
      throw unsupported(
          "%s: unsupported config media type %s%s; %s".formatted(what, config, image, SUPPORTED));
    }
    manifest.layers().forEach(layer -> checkPath(layer, what));
    if (manifest.layers().stream().noneMatch(ModelFormat::gguf)) {
      throw unsupported(
          "%s: expected weights in GGUF, got %s; %s".formatted(what, types(manifest), SUPPORTED));
    }
  }

  private static boolean gguf(Descriptor layer) {
    return GGUF.contains(layer.mediaType())
        || (FILES.contains(layer.mediaType())
            && path(layer).toLowerCase(Locale.ROOT).endsWith(".gguf"));
  }

  private static void checkPath(Descriptor layer, String what) {
    String path = path(layer);
    boolean leaves =
        path.startsWith("/")
            || path.contains("\\")
            || path.contains(":")
            || path.chars().anyMatch(Character::isISOControl)
            || List.of(path.split("/", -1)).contains("..");
    if (leaves) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "%s: layer %s: expected a path within the model, got '%s'"
              .formatted(what, layer.digest().shortHex(), path.replaceAll("\\p{Cntrl}", "?")));
    }
  }

  private static String path(Descriptor layer) {
    return layer.annotations().getOrDefault(Descriptor.FILE_PATH, "");
  }

  private static String types(Manifest manifest) {
    String types =
        manifest.layers().stream()
            .map(Descriptor::mediaType)
            .distinct()
            .collect(Collectors.joining(", "));
    return types.isEmpty() ? "no layers" : types;
  }

  private static RegistryException unsupported(String message) {
    return new RegistryException(RegistryException.Kind.UNSUPPORTED, message);
  }
}
