package dev.jmr.server.registry.auth;

import java.util.Locale;
import java.util.Set;

/// The names under which credentials of a registry are stored.
final class ServerNames {
  /// Docker Hub's key in `config.json` and in credential stores.
  static final String HUB_KEY = "https://index.docker.io/v1/";

  private static final String HUB = "docker.io";
  private static final Set<String> HUB_HOSTS =
      Set.of(HUB, "index.docker.io", "registry-1.docker.io");

  private ServerNames() {}

  /// The host, and the port if any, of a key: without scheme and path; one name for all of Docker
  /// Hub's hosts.
  static String host(String key) {
    int scheme = key.indexOf("://");
    String rest = scheme < 0 ? key : key.substring(scheme + 3);
    int slash = rest.indexOf('/');
    String host = (slash < 0 ? rest : rest.substring(0, slash)).toLowerCase(Locale.ROOT);
    return HUB_HOSTS.contains(host) ? HUB : host;
  }

  /// What a credential helper is asked for.
  static String helperKey(String registry) {
    String host = host(registry);
    return host.equals(HUB) ? HUB_KEY : host;
  }
}
