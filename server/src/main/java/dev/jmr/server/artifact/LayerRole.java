package dev.jmr.server.artifact;

import java.util.Locale;

/// What a layer is to the model.
public enum LayerRole {
  GGUF,
  SAFETENSORS,
  DDUF,
  PROJECTOR,
  CHAT_TEMPLATE,
  LICENSE,
  /// Anything else that came with the model: tokenizers of other formats, read-me files.
  COMPANION;

  /// The role that a layer's media type says or, where that only says "a file", the file's name.
  public static LayerRole of(Descriptor layer) {
    return switch (layer.mediaType()) {
      case MediaTypes.GGUF -> GGUF;
      case MediaTypes.SAFETENSORS, MediaTypes.CNCF_SAFETENSORS -> SAFETENSORS;
      case MediaTypes.DDUF -> DDUF;
      case MediaTypes.PROJECTOR -> PROJECTOR;
      case MediaTypes.CHAT_TEMPLATE -> CHAT_TEMPLATE;
      case MediaTypes.LICENSE -> LICENSE;
      case MediaTypes.CNCF_GGUF -> fileName(layer).contains("mmproj") ? PROJECTOR : GGUF;
      default -> ofFile(fileName(layer));
    };
  }

  /// The role that a file's name says.
  public static LayerRole ofFile(String path) {
    String name = baseName(path);
    if (name.endsWith(".gguf")) {
      return name.contains("mmproj") ? PROJECTOR : GGUF;
    } else if (name.endsWith(".safetensors")) {
      return SAFETENSORS;
    } else if (name.endsWith(".dduf")) {
      return DDUF;
    } else if (name.endsWith(".jinja")) {
      return CHAT_TEMPLATE;
    } else if (name.startsWith("license") || name.startsWith("licence")) {
      return LICENSE;
    }
    return COMPANION;
  }

  private static String fileName(Descriptor layer) {
    return baseName(layer.annotations().getOrDefault(Descriptor.FILE_PATH, ""));
  }

  private static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
