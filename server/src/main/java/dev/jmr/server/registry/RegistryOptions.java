package dev.jmr.server.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How a client reaches registries.
///
/// @param environment the variables that it obeys, stripped of blanks and quotes:
///     `MODEL_RUNNER_REGISTRY_MIRRORS`, `DEFAULT_REGISTRY`, `INSECURE_REGISTRY`, `HTTP_PROXY`,
///     `HTTPS_PROXY`, `NO_PROXY`, and what [dev.jmr.server.registry.auth.Keychain] reads
/// @param connectTimeout the longest wait for a connection
/// @param stallTimeout the longest wait while no byte moves in either direction
/// @param retry how often things are tried again
public record RegistryOptions(
    Map<String, String> environment,
    Duration connectTimeout,
    Duration stallTimeout,
    RetryPolicy retry) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);

  public RegistryOptions {
    Map<String, String> stripped = new HashMap<>();
    environment.forEach((name, value) -> stripped.put(name, strip(value)));
    environment = Map.copyOf(stripped);
  }

  /// The usual patience, with these variables, as [System#getenv()] gives them.
  public static RegistryOptions of(Map<String, String> environment) {
    return new RegistryOptions(environment, CONNECT_TIMEOUT, STALL_TIMEOUT, RetryPolicy.DEFAULT);
  }

  /// The value of a variable; empty if it is not set.
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  private static String strip(String value) {
    String stripped = value.strip();
    int last = stripped.length() - 1;
    boolean quoted =
        last > 0
            && stripped.charAt(0) == stripped.charAt(last)
            && (stripped.charAt(0) == '"' || stripped.charAt(0) == '\'');
    return quoted ? stripped.substring(1, last).strip() : stripped;
  }
}
