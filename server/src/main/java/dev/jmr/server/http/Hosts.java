package dev.jmr.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names of hosts, as far as they can be told to be this machine or its own network without asking anybody. A web page that
/// lets its own name point at this machine (DNS rebinding) is known by the name that it still sends.
final class Hosts {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final List<String> LOCAL_SUFFIXES = List.of(".localhost", ".local", ".internal");

  private Hosts() {}

  /// Without brackets.
  static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /// Whether it is an address, not a name.
  static boolean isAddress(String host) {
    String bare = bare(host);
    return IPV4.matcher(bare).matches() || IPV6.matcher(bare).matches();
  }

  /// The host of `host`, `host:port`, `[v6]` or `[v6]:port`.
  static String withoutPort(String authority) {
    if (authority.startsWith("[")) {
      int end = authority.indexOf(']');
      return end < 0 ? authority : authority.substring(0, end + 1);
    }
    int colon = authority.indexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }

  /// Whether a name stands for this machine or one of its own network.
  ///
  /// @param machine this machine's name
  static boolean isLocal(String host, String machine) {
    String name = host.toLowerCase(Locale.ROOT);
    if (isAddress(name)) {
      return isLocalAddress(name);
    }
    return name.isEmpty()
        || name.equals("localhost")
        || name.equalsIgnoreCase(machine)
        || LOCAL_SUFFIXES.stream().anyMatch(name::endsWith);
  }

  private static boolean isLocalAddress(String address) {
    try {
      InetAddress parsed = InetAddress.getByName(bare(address));
      return parsed.isLoopbackAddress()
          || parsed.isAnyLocalAddress()
          || parsed.isSiteLocalAddress()
          || parsed.isLinkLocalAddress()
          || (parsed.getAddress()[0] & 0xFE) == 0xFC;
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
