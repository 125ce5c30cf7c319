package dev.jmr.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {
  private static String base(String registry, String... variables) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    Endpoints endpoints = new Endpoints(RegistryOptions.of(environment));
    return endpoints.forPush(new Repository(registry, "ai/x")).base().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io, https://registry-1.docker.io/v2/",
    "ghcr.io, https://ghcr.io/v2/",
    "localhost:5000, http://localhost:5000/v2/",
    "box.local, http://box.local/v2/",
    "127.0.0.1:5000, http://127.0.0.1:5000/v2/",
    "[::1]:5000, http://[::1]:5000/v2/",
    "localhost.example, https://localhost.example/v2/",
    "10.0.0.1:5000, https://10.0.0.1:5000/v2/"
  })
  void speaksHttpsButToThisMachine(String registry, String base) {
    assertThat(base(registry)).isEqualTo(base);
  }

  @Test
  void speaksHttpToInsecureRegistries() {
    assertThat(base("harbor.example", "INSECURE_REGISTRY", " 'true' "))
        .isEqualTo("http://harbor.example/v2/");
    assertThat(base("docker.io", "INSECURE_REGISTRY", "true")).startsWith("https://");
    assertThat(base("ghcr.io", "INSECURE_REGISTRY", "true", "DEFAULT_REGISTRY", "harbor.example"))
        .startsWith("https://");
  }

  @Test
  void knowsItsOwnServer() {
    Endpoint endpoint =
        new Endpoint(
            "a.example", URI.create("https://a.example/v2/"), new Repository("a.example", "x"));

    assertThat(endpoint.sameServer(URI.create("HTTPS://A.example:443/y"))).isTrue();
    assertThat(endpoint.sameServer(URI.create("https://a.example:8443/y"))).isFalse();
    assertThat(endpoint.sameServer(URI.create("http://a.example/y"))).isFalse();
    assertThat(endpoint.sameServer(URI.create("https://a.example.evil/y"))).isFalse();
  }

  @Test
  void refusesAMirrorThatIsNoAddress() {
    assertThatThrownBy(() ->
            new Endpoints(RegistryOptions.of(Map.of("MODEL_RUNNER_REGISTRY_MIRRORS", "ftp://x"))))
        .hasMessageContaining("expected https://host[:port][/path], got 'ftp://x'");
  }
}
