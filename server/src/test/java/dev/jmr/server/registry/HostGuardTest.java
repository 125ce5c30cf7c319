package dev.jmr.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {
  private static final Map<String, String> HOSTS =
      Map.of(
          "registry.example", "93.184.216.34",
          "cdn.example", "93.184.216.35",
          "inner.example", "10.1.2.3",
          "rebound.example", "169.254.169.254");

  private final HostGuard guard =
      new HostGuard(
          new Proxies(RegistryOptions.of(Map.of())),
          host -> List.of(InetAddress.ofLiteral(String.valueOf(HOSTS.get(host)))));

  private static Endpoint endpoint(String address) {
    URI base = URI.create(address + "/v2/");
    return new Endpoint(base.getAuthority(), base, new Repository(base.getAuthority(), "ai/x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://inner.example/token",
        "https://rebound.example/latest/meta-data",
        "https://127.0.0.1:5000/token",
        "https://[::1]/token",
        "https://[fd00::1]/token",
        "https://[::ffff:10.0.0.1]/token",
        "https://192.168.0.1/token",
        "https://100.100.100.200/token"
      })
  void refusesPrivateAddressesOfAPublicRegistry(String target) {
    assertThatThrownBy(() ->
            guard.check(endpoint("https://registry.example"), URI.create(target), "token server"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("token server of registry.example: expected a public address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://cdn.example/x",
        "ftp://cdn.example/x",
        "https://user:pw@cdn.example/x",
        "https:x"
      })
  void refusesAddressesThatAreNotHttps(String target) {
    assertThatThrownBy(
            () -> guard.check(endpoint("https://registry.example"), URI.create(target), "redirect"))
        .isInstanceOf(RegistryException.class)
        .hasMessageNotContaining("pw");
  }

  @Test
  void letsAPrivateRegistryNamePrivateAddresses() {
    assertThatCode(() ->
            guard.check(
                endpoint("https://inner.example"),
                URI.create("https://192.168.0.1/token"),
                "token server"))
        .doesNotThrowAnyException();
  }

  @Test
  void letsAPublicRegistryNamePublicAddresses() {
    assertThatCode(() ->
            guard.check(
                endpoint("https://registry.example"),
                URI.create("https://cdn.example/blob"),
                "redirect"))
        .doesNotThrowAnyException();
  }

  @Test
  void knowsPublicAddresses() {
    assertThat(HostGuard.isPrivate(InetAddress.ofLiteral("8.8.8.8"))).isFalse();
    assertThat(HostGuard.isPrivate(InetAddress.ofLiteral("2606:4700::1111"))).isFalse();
    assertThat(HostGuard.isPrivate(InetAddress.ofLiteral("0.0.0.0"))).isTrue();
    assertThat(HostGuard.isPrivate(InetAddress.ofLiteral("255.255.255.255"))).isTrue();
  }
}
