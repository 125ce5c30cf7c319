package dev.jmr.cli;

import dev.jmr.cli.runner.RunnerAddress;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/// How containers reach a runner.
final class Endpoints {
  private static final String BRIDGE = "docker0";

  private Endpoints() {}

  /// The address itself; if that is this machine, the gateway of Docker's bridge, or the name that Docker Desktop gives this
  /// machine.
  static String ofContainers(RunnerAddress address) {
    if (!address.local()) {
      return address.base().toString();
    }
    int port = address.base().getPort();
    String host = gateway().orElse("host.docker.internal");
    return address.base().getScheme() + "://" + host + (port < 0 ? "" : ":" + port);
  }

  private static Optional<String> gateway() {
    try {
      return Optional.ofNullable(NetworkInterface.getByName(BRIDGE))
          .flatMap(
              bridge -> bridge.inetAddresses().filter(Inet4Address.class::isInstance).findFirst())
          .map(java.net.InetAddress::getHostAddress);
    } catch (SocketException _) {
      return Optional.empty();
    }
  }
}
