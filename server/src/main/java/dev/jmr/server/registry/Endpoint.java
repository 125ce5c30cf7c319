package dev.jmr.server.registry;

import java.net.URI;
import java.util.Locale;

/// One address of a repository: the registry's own, or a mirror's.
///
/// @param registry whose credentials are sent there, and nowhere else
/// @param base ends in `/v2/`
/// @param repository the repository
record Endpoint(String registry, URI base, Repository repository) {
  /// The address of something in the repository: `manifests/latest`.
  URI resolve(String path) {
    return URI.create(base + repository.name() + "/" + path);
  }

  /// Whether an address is on the same server: scheme, host and port.
  boolean sameServer(URI uri) {
    return server(uri).equals(server(base));
  }

  /// Scheme, host and port.
  private static String server(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }
}
