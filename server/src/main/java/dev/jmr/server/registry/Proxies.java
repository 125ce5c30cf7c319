package dev.jmr.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The proxies that the environment names: `HTTPS_PROXY` and `HTTP_PROXY` (also in lower case), but
/// for `NO_PROXY`.
///
/// Only http proxies, which carry https through a tunnel. Name and password in the address are sent
/// to the proxy; through a tunnel the JDK does so only when started with
/// `-Djdk.http.auth.tunneling.disabledSchemes=`, as `jmr` is.
final class Proxies extends ProxySelector {
  private static final int DEFAULT_PORT = 80;
  private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

  private final Optional<URI> http;
  private final Optional<URI> https;
  private final NoProxy direct;

  Proxies(RegistryOptions options) {
    this.http = proxy(options, "HTTP_PROXY");
    this.https = proxy(options, "HTTPS_PROXY");
    this.direct = new NoProxy(variable(options, "NO_PROXY"));
  }

  /// The proxy for an address; empty if it is reached directly.
  Optional<URI> proxy(URI uri) {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    String host = String.valueOf(uri.getHost());
    return direct.matches(host, port) ? Optional.empty() : secure ? https : http;
  }

  /// What is sent to that proxy as `Proxy-Authorization`.
  Optional<String> authorization(URI uri) {
    return proxy(uri)
        .map(URI::getRawUserInfo)
        .map(user -> URLDecoder.decode(user.replace("+", "%2B"), UTF_8))
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
  }

  /// What it is to the caller that the proxy for an address does not let us through.
  RegistryException refusal(URI uri) {
    String variable = "https".equalsIgnoreCase(uri.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
    String name = proxy(uri).map(URI::getAuthority).orElse("").replaceFirst(".*@", "");
    boolean sent = authorization(uri).isPresent();
    String remedy =
        !sent
            ? "set %s=http://name:password@%s".formatted(variable, name)
            : kept() && variable.equals("HTTPS_PROXY")
                ? "start Java with -D%s= so that it sends the password".formatted(TUNNELING)
                : "look at name and password in " + variable;
    return new RegistryException(
        RegistryException.Kind.UNREACHABLE,
        "proxy %s: expected to be let through to %s, got 407 (authentication required); %s"
            .formatted(name, uri.getHost(), remedy));
  }

  /// Whether the JDK keeps the password back where it would go through a tunnel.
  private static boolean kept() {
    return !System.getProperty(TUNNELING, "Basic").isBlank();
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(proxy(uri).map(Proxies::address).orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request fails and says so; there is no other proxy to turn to.
  }

  private static Proxy address(URI proxy) {
    int port = proxy.getPort() >= 0 ? proxy.getPort() : DEFAULT_PORT;
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port));
  }

  private static Optional<URI> proxy(RegistryOptions options, String name) {
    String value = variable(options, name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = URI.create(value.contains("://") ? value : "http://" + value);
    } catch (IllegalArgumentException e) {
      // The cause would quote the address, which may hold a password.
      throw new RegistryException(
          RegistryException.Kind.INVALID, name + ": expected http://host:port, got no address");
    }
    if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "%s: expected http://host:port, got %s://%s"
              .formatted(name, uri.getScheme(), uri.getHost()));
    }
    return Optional.of(uri);
  }

  private static String variable(RegistryOptions options, String name) {
    String value = options.variable(name);
    return value.isEmpty() ? options.variable(name.toLowerCase(Locale.ROOT)) : value;
  }
}
