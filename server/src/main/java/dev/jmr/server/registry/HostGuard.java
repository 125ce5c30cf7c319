package dev.jmr.server.registry;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Keeps a registry from sending us where only we can reach: a public one may name no address in a
/// private network, for its token server, a redirect or an upload, and none may lead from https to
/// http.
///
/// A name is resolved here and again when it is connected to; the JVM keeps addresses for 30
/// seconds, so the connection goes to what was checked. Behind a proxy only addresses written as
/// such are checked: the proxy resolves names.
final class HostGuard {
  private final Proxies proxies;
  private final Resolver resolver;

  /// Finds the addresses of a host.
  @FunctionalInterface
  interface Resolver {
    List<InetAddress> addresses(String host) throws UnknownHostException;
  }

  HostGuard(Proxies proxies) {
    this(proxies, host -> Arrays.asList(InetAddress.getAllByName(host)));
  }

  HostGuard(Proxies proxies, Resolver resolver) {
    this.proxies = proxies;
    this.resolver = resolver;
  }

  /// Checks an address that a registry named.
  ///
  /// @param what names it in messages: `token server`, `redirect`
  /// @throws RegistryException if we must not go there
  /// @throws UnknownHostException if it has no address
  void check(Endpoint endpoint, URI target, String what) throws UnknownHostException {
    String scheme = String.valueOf(target.getScheme());
    boolean secure = scheme.equalsIgnoreCase("https");
    if (target.getHost() == null || (!secure && !scheme.equalsIgnoreCase("http"))) {
      throw refused(endpoint, target, what, "an http or https address");
    }
    if (target.getRawUserInfo() != null) {
      throw refused(endpoint, target, what, "an address without a user name");
    }
    if (!secure && "https".equalsIgnoreCase(endpoint.base().getScheme())) {
      throw refused(endpoint, target, what, "https");
    }
    if (!target.getHost().equalsIgnoreCase(endpoint.base().getHost())
        && isPrivate(target)
        && !isPrivate(endpoint.base())) {
      throw refused(endpoint, target, what, "a public address, as the registry's own");
    }
  }

  private boolean isPrivate(URI uri) throws UnknownHostException {
    String host = uri.getHost();
    try {
      return isPrivate(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    } catch (IllegalArgumentException e) {
      return proxies.proxy(uri).isEmpty()
          && resolver.addresses(host).stream().anyMatch(HostGuard::isPrivate);
    }
  }

  /// Whether an address is one of a private network, of this machine or of a link.
  static boolean isPrivate(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      // This network (0/8), shared by carriers (100.64/10), reserved (240/4).
      return bytes[0] == 0
          || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64)
          || (bytes[0] & 0xf0) == 0xf0;
    }
    // Unique local (fc00::/7), and addresses that embed an IPv4 address: NAT64 (64:ff9b::/96), 6to4
    // (2002::/16).
    return (bytes[0] & 0xfe) == 0xfc
        || (bytes[0] == 0 && bytes[1] == 0x64)
        || (bytes[0] == 0x20 && bytes[1] == 0x02);
  }

  private static RegistryException refused(
      Endpoint endpoint, URI target, String what, String expected) {
    return new RegistryException(
        RegistryException.Kind.INVALID,
        "%s of %s: expected %s, got %s://%s"
            .formatted(what, endpoint.registry(), expected, target.getScheme(), target.getHost()));
  }
}
