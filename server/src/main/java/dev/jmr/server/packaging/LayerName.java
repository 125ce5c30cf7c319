package dev.jmr.server.packaging;

import dev.jmr.server.artifact.LayerRole;

/// The names of files within a model: such that the name alone tells the role, which is all that
/// some forms have.
final class LayerName {
  private LayerName() {}

  /// The name of a file, changed only where it would tell another role.
  static String of(String fileName, LayerRole role) {
    return LayerRole.ofFile(fileName) == role ? fileName : canonical(fileName, role);
  }

  /// The name of a file of which nothing but the role is known.
  static String of(LayerRole role) {
    return canonical("", role);
  }

  private static String canonical(String fileName, LayerRole role) {
    return switch (role) {
      case GGUF -> "model.gguf";
      case SAFETENSORS -> "model.safetensors";
      case DDUF -> "model.dduf";
      case PROJECTOR -> "mmproj.gguf";
      case CHAT_TEMPLATE -> "chat_template.jinja";
      case LICENSE -> fileName.isEmpty() ? "LICENSE" : "LICENSE-" + fileName;
      case COMPANION -> fileName.isEmpty() ? "file" : fileName;
    };
  }
}
