package dev.jmr.server.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;

/// Which hosts are reached without a proxy: the variable `NO_PROXY`.
///
/// Entries, with commas between: `*`, a host or domain (with what is below it), `.domain` (only
/// what is below it), an address, a range of addresses (`10.0.0.0/8`); a host or address may end in
/// `:port`. `localhost` and loopback addresses never need an entry.
final class NoProxy {
  private final List<BiPredicate<String, Integer>> entries = new ArrayList<>();

  NoProxy(String variable) {
    for (String part : variable.split("[,\\s]+", -1)) {
      if (!part.isEmpty()) {
        entries.add(entry(part.toLowerCase(Locale.ROOT)));
      }
    }
  }

  /// Whether this host and port is reached directly.
  boolean matches(String host, int port) {
    String plain = plain(host);
    return plain.equals("localhost")
        || loopback(plain)
        || entries.stream().anyMatch(entry -> entry.test(plain, port));
  }

  private static BiPredicate<String, Integer> entry(String entry) {
    if (entry.equals("*")) {
      return (_, _) -> true;
    }
    int slash = entry.indexOf('/');
    if (slash > 0) {
      return range(entry.substring(0, slash), entry.substring(slash + 1));
    }
    int colon = entry.lastIndexOf(':');
    boolean withPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
    String portText = withPort ? entry.substring(colon + 1) : "";
    BiPredicate<String, Integer> name = name(plain(withPort ? entry.substring(0, colon) : entry));
    return withPort ? name.and((_, port) -> String.valueOf(port).equals(portText)) : name;
  }

  private static BiPredicate<String, Integer> name(String name) {
    String suffix = name.startsWith("*.") ? name.substring(1) : name;
    return suffix.startsWith(".")
        ? (host, _) -> host.endsWith(suffix)
        : (host, _) -> host.equals(suffix) || host.endsWith("." + suffix);
  }

  private static BiPredicate<String, Integer> range(String address, String length) {
    try {
      byte[] network = InetAddress.ofLiteral(address).getAddress();
      int bits = Integer.parseInt(length);
      return (host, _) -> {
        byte[] own = literal(host);
        return own.length == network.length && samePrefix(own, network, bits);
      };
    } catch (IllegalArgumentException e) {
      return (_, _) -> false;
    }
  }

  private static boolean samePrefix(byte[] a, byte[] b, int bits) {
    for (int bit = 0; bit < Math.min(bits, a.length * 8); bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((a[bit >> 3] & mask) != (b[bit >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static boolean loopback(String host) {
    byte[] address = literal(host);
    try {
      return address.length > 0 && InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /// The bytes of an address that is written as such; none if it is a name.
  private static byte[] literal(String host) {
    try {
      return InetAddress.ofLiteral(host).getAddress();
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") && lower.endsWith("]")
        ? lower.substring(1, lower.length() - 1)
        : lower;
  }
}
