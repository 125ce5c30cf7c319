package dev.jmr.server.search;

import dev.jmr.server.huggingface.HubOptions;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.RegistryOptions;
import dev.jmr.server.registry.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Where a search asks.
///
/// @param dockerHub such as `https://hub.docker.com`
/// @param huggingFace such as `https://huggingface.co`
/// @param token sent to Hugging Face, and to nobody else
/// @param connection proxies and timeouts, as for registries
public record SearchOptions(
    URI dockerHub, URI huggingFace, Optional<String> token, RegistryOptions connection) {
  private static final String DOCKER_HUB = "https://hub.docker.com";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final RetryPolicy RETRY =
      new RetryPolicy(2, Duration.ofMillis(500), Duration.ofSeconds(2));

  /// What the environment says: `DOCKER_HUB_ENDPOINT`, `HF_ENDPOINT`, `HF_TOKEN`, and the proxies.
  ///
  /// @throws RegistryException if an endpoint is no address
  public static SearchOptions of(Map<String, String> environment) {
    HubOptions hub = HubOptions.of(environment);
    String dockerHub = environment.getOrDefault("DOCKER_HUB_ENDPOINT", "").strip();
    return new SearchOptions(
        address(dockerHub.isEmpty() ? DOCKER_HUB : dockerHub),
        hub.endpoint(),
        hub.token(),
        new RegistryOptions(environment, TIMEOUT, TIMEOUT, RETRY));
  }

  private static URI address(String text) {
    URI uri;
    try {
      uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    } catch (IllegalArgumentException e) {
      throw invalid(text);
    }
    if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("https?")) {
      throw invalid(text);
    }
    return uri;
  }

  private static RegistryException invalid(String endpoint) {
    return new RegistryException(
        RegistryException.Kind.INVALID,
        "DOCKER_HUB_ENDPOINT: expected an address such as %s, got '%s'"
            .formatted(DOCKER_HUB, endpoint));
  }
}
