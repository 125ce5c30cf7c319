package dev.jmr.server.registry;

import java.util.regex.Pattern;

/// Where the versions of one model lie: a registry and a name in it.
///
/// @param registry the host, with its port if it has one: `docker.io`, `localhost:5000`
/// @param name as the distribution specification allows it: `ai/smollm2`
public record Repository(String registry, String name) {
  /// What [#registry] is for Docker Hub.
  public static final String DOCKER_HUB = "docker.io";

  private static final int MAX_LENGTH = 255;
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");
  private static final Pattern NAME =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final Pattern REFERENCE =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|sha256:[0-9a-f]{64}");

  public Repository {
    if (registry.length() > MAX_LENGTH || !HOST.matcher(registry).matches()) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "registry: expected host[:port], got '%s'".formatted(registry));
    }
    if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches()) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "repository: expected lower-case letters, digits and . _ - between slashes, got '%s'"
              .formatted(name));
    }
  }

  /// Whether this is at Docker Hub.
  public boolean atDockerHub() {
    return registry.equals(DOCKER_HUB) || registry.equals("index.docker.io");
  }

  /// Checks that a text is a tag or a digest, so that it can be part of an address.
  static String reference(String text) {
    if (!REFERENCE.matcher(text).matches()) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "reference: expected a tag or a digest, got '%s'".formatted(text));
    }
    return text;
  }

  @Override
  public String toString() {
    return registry + "/" + name;
  }
}
