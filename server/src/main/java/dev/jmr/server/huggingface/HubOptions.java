package dev.jmr.server.huggingface;

import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.RegistryOptions;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// How the hub is reached.
///
/// @param endpoint such as `https://huggingface.co`
/// @param token sent to the endpoint's server, and to no other
/// @param connection proxies, timeouts and retries, as for registries
public record HubOptions(URI endpoint, Optional<String> token, RegistryOptions connection) {
  private static final String DEFAULT_ENDPOINT = "https://huggingface.co";

  public HubOptions {
    String scheme = String.valueOf(endpoint.getScheme());
    if (endpoint.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw invalid(endpoint.toString());
    }
  }

  /// What the environment says: `HF_ENDPOINT`, `HF_TOKEN`, and the proxies.
  ///
  /// @throws RegistryException if the endpoint is no address
  public static HubOptions of(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip();
    String token = environment.getOrDefault("HF_TOKEN", "").strip();
    return new HubOptions(
        address(endpoint.isEmpty() ? DEFAULT_ENDPOINT : endpoint),
        token.isEmpty() ? Optional.empty() : Optional.of(token),
        RegistryOptions.of(environment));
  }

  /// The same with the token of one request.
  public HubOptions withToken(String other) {
    return new HubOptions(endpoint, Optional.of(other), connection);
  }

  private static URI address(String text) {
    try {
      return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    } catch (IllegalArgumentException e) {
      throw invalid(text);
    }
  }

  private static RegistryException invalid(String endpoint) {
    return new RegistryException(
        RegistryException.Kind.INVALID,
        "HF_ENDPOINT: expected an address such as %s, got '%s'"
            .formatted(DEFAULT_ENDPOINT, endpoint));
  }
}
