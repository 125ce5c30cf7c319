package dev.jmr.server.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
  private static Proxies proxies(Map<String, String> environment) {
    return new Proxies(RegistryOptions.of(environment));
  }

  @Test
  void choosesTheProxyByTheScheme() {
    Proxies proxies =
        proxies(Map.of("HTTPS_PROXY", "http://secure:3128", "http_proxy", "plain:3128"));

    assertThat(proxies.proxy(URI.create("https://a.example/")))
        .contains(URI.create("http://secure:3128"));
    assertThat(proxies.proxy(URI.create("http://a.example/")))
        .contains(URI.create("http://plain:3128"));
    assertThat(proxies.proxy(URI.create("http://localhost:5000/"))).isEmpty();
    assertThat(proxies.proxy(URI.create("http://[::1]:5000/"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, a.example, true",
    "a.example, x.a.example, true",
    "a.example, xa.example, false",
    ".a.example, a.example, false",
    ".a.example, x.a.example, true",
    "*.a.example, x.a.example, true",
    "A.Example, a.EXAMPLE, true",
    "10.0.0.0/8, 10.200.3.4, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "fd00::/8, [fd12::1], true",
    "10.0.0.0/8, ten.example, false",
    "10.0.0.1, 10.0.0.1, true",
    "a.example:443, a.example, true",
    "a.example:8443, a.example, false",
    "nonsense/xyz, a.example, false",
    "*, a.example, true"
  })
  void reachesDirectlyWhatNoProxyNames(String noProxy, String host, boolean direct) {
    Proxies proxies =
        proxies(Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "other," + noProxy));

    assertThat(proxies.proxy(URI.create("https://" + host + "/")).isEmpty()).isEqualTo(direct);
  }

  @Test
  void sendsTheProxyItsOwnCredentials() {
    Proxies proxies = proxies(Map.of("HTTPS_PROXY", "http://ann:a%3Ab@proxy:3128"));

    assertThat(proxies.authorization(URI.create("https://a.example/")))
        .contains("Basic YW5uOmE6Yg==");
    assertThat(proxies.authorization(URI.create("http://a.example/"))).isEmpty();
  }

  @Test
  void refusesOtherKindsOfProxies() {
    assertThatThrownBy(() -> proxies(Map.of("HTTPS_PROXY", "socks5://ann:pw@proxy:1080")))
        .hasMessage("HTTPS_PROXY: expected http://host:port, got socks5://proxy");
  }

  /// A proxy that lets nobody through tells what it was sent.
  @ParameterizedTest
  @CsvSource({
    "'', 'set HTTPS_PROXY=http://name:password@127.0.0.1:%d'",
    "ann:pw@, look at name and password in HTTPS_PROXY"
  })
  void sendsThePasswordWhereItAsksForATunnel(String password, String remedy) throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      CompletableFuture<List<String>> sent = CompletableFuture.supplyAsync(() -> refuse(proxy));
      String address = "http://%s127.0.0.1:%d".formatted(password, proxy.getLocalPort());
      try (RegistryClient client =
          new RegistryClient(TestRegistry.options(Map.of("HTTPS_PROXY", address)))) {
        assertThatThrownBy(
                () -> client.manifest(new Repository("registry.invalid", "ai/x"), "latest"))
            .isInstanceOf(RegistryException.class)
            .hasMessage(
                "proxy 127.0.0.1:%d: expected to be let through to registry.invalid, got 407 (authentication required); %s",
                proxy.getLocalPort(), remedy.formatted(proxy.getLocalPort()));
      }
      assertThat(sent.get().getFirst()).isEqualTo("CONNECT registry.invalid:443 HTTP/1.1");
      assertThat(sent.get().stream().filter(line -> line.startsWith("Proxy-Authorization:")))
          .isEqualTo(
              password.isEmpty() ? List.of() : List.of("Proxy-Authorization: Basic YW5uOnB3"));
    }
  }

  private static List<String> refuse(ServerSocket proxy) {
    List<String> lines = new ArrayList<>();
    try (Socket socket = proxy.accept();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        lines.add(line);
      }
      String answer =
          "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n";
      socket.getOutputStream().write(answer.getBytes(US_ASCII));
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void goesThroughTheProxy() throws Exception {
    try (TestRegistry proxy = new TestRegistry();
        RegistryClient client =
            new RegistryClient(
                TestRegistry.options(
                    Map.of(
                        "HTTP_PROXY",
                        "http://ann:pw@127.0.0.1:" + proxy.port(),
                        "INSECURE_REGISTRY",
                        "true")))) {
      Repository repository = new Repository("registry.invalid:5000", "ai/x");
      proxy.model("ai/x", "latest", new byte[10]);

      assertThat(client.manifest(repository, "latest").layers()).hasSize(1);
      assertThat(proxy.seen)
          .allMatch(seen -> seen.header("Host").equals("registry.invalid:5000"))
          .allMatch(seen -> !seen.header("Proxy-Authorization").isEmpty());
    }
  }
}
