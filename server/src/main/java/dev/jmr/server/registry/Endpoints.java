package dev.jmr.server.registry;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where repositories are found: the addresses of registries and of Docker Hub's mirrors.
///
/// Registries are spoken to by https. Plain http is for `localhost`, loopback addresses and
/// `*.local`, for a mirror that is written so, and with `INSECURE_REGISTRY=true` for
/// `DEFAULT_REGISTRY` or, where none is named, for every registry but Docker Hub.
final class Endpoints {
  private static final String HUB_HOST = "registry-1.docker.io";

  private final RegistryOptions options;
  private final List<URI> mirrors;

  Endpoints(RegistryOptions options) {
    this.options = options;
    List<URI> uris = new ArrayList<>();
    for (String mirror : options.variable("MODEL_RUNNER_REGISTRY_MIRRORS").split(",", -1)) {
      if (!mirror.isBlank()) {
        uris.add(mirror(mirror.strip()));
      }
    }
    this.mirrors = List.copyOf(uris);
  }

  /// Where to read from, in this order: mirrors first, the registry itself last.
  List<Endpoint> forPull(Repository repository) {
    List<Endpoint> endpoints = new ArrayList<>();
    if (repository.atDockerHub()) {
      for (URI mirror : mirrors) {
        endpoints.add(new Endpoint(mirror.getRawAuthority(), mirror, repository));
      }
    }
    endpoints.add(forPush(repository));
    return endpoints;
  }

  /// Where to write to: the registry itself.
  Endpoint forPush(Repository repository) {
    String host = repository.atDockerHub() ? HUB_HOST : repository.registry();
    URI base = URI.create((plainHttp(repository) ? "http://" : "https://") + host + "/v2/");
    return new Endpoint(repository.registry(), base, repository);
  }

  private boolean plainHttp(Repository repository) {
    String registry = repository.registry().toLowerCase(Locale.ROOT);
    String host = registry.replaceFirst(":[0-9]+$", "");
    if (host.equals("localhost")
        || host.endsWith(".localhost")
        || host.endsWith(".local")
        || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+")
        || host.equals("[::1]")) {
      return true;
    }
    if (!options.variable("INSECURE_REGISTRY").equalsIgnoreCase("true")) {
      return false;
    }
    String named = options.variable("DEFAULT_REGISTRY").toLowerCase(Locale.ROOT);
    return named.isEmpty() ? !repository.atDockerHub() : registry.equals(named);
  }

  private static URI mirror(String text) {
    String address = text.contains("://") ? text : "https://" + text;
    String trimmed = address.replaceFirst("/+$", "");
    try {
      URI uri = URI.create((trimmed.endsWith("/v2") ? trimmed : trimmed + "/v2") + "/");
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && (scheme.equals("https") || scheme.equals("http"))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new RegistryException(RegistryException.Kind.INVALID, mirrorMessage(text), e);
    }
    throw new RegistryException(RegistryException.Kind.INVALID, mirrorMessage(text));
  }

  private static String mirrorMessage(String text) {
    return "MODEL_RUNNER_REGISTRY_MIRRORS: expected https://host[:port][/path], got '%s'"
        .formatted(text);
  }
}
