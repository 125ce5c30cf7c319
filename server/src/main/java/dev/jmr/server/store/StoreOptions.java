package dev.jmr.server.store;

import dev.jmr.server.reference.ModelReference;
import java.nio.file.Path;
import java.util.Map;

/// Which store, and what names without a registry mean.
///
/// @param root the folder
/// @param defaultRegistry of names that have none
public record StoreOptions(Path root, String defaultRegistry) {
  /// A store at a folder, with Docker Hub as default.
  public static StoreOptions at(Path root) {
    return new StoreOptions(root, ModelReference.DOCKER_HUB);
  }

  /// What the environment says: `MODELS_PATH` (else `.docker/models` in `home`) and
  /// `DEFAULT_REGISTRY`.
  public static StoreOptions from(Map<String, String> environment, Path home) {
    String path = clean(environment.getOrDefault("MODELS_PATH", ""));
    String registry = clean(environment.getOrDefault("DEFAULT_REGISTRY", ""));
    return new StoreOptions(
        path.isEmpty() ? home.resolve(".docker", "models") : Path.of(path),
        registry.isEmpty() ? ModelReference.DOCKER_HUB : registry);
  }

  private static String clean(String value) {
    String text = value.strip();
    return quoted(text, '"') || quoted(text, '\'')
        ? text.substring(1, text.length() - 1).strip()
        : text;
  }

  private static boolean quoted(String text, char mark) {
    return text.length() > 1 && text.charAt(0) == mark && text.charAt(text.length() - 1) == mark;
  }
}
