package dev.jmr.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.MediaTypes;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
  private static final byte[] BYTES = "weights".getBytes(UTF_8);

  private final TestRegistry registry = new TestRegistry();
  private final Repository repository = registry.repository("ai/tiny");

  @AfterEach
  void close() {
    registry.close();
  }

  private RegistryClient client(String entry) {
    String config = "{\"auths\":{\"%s\":%s}}".formatted(registry.registry(), entry);
    return new RegistryClient(
        TestRegistry.options(
            Map.of("DOCKER_AUTH_CONFIG", config, "DOCKER_CONFIG", "/nonexistent")));
  }

  private RegistryClient known() {
    String pair = TestRegistry.USER + ":" + TestRegistry.PASSWORD;
    return client(
        "{\"auth\":\"%s\"}".formatted(Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))));
  }

  @Test
  void sendsAPasswordWhereTheRegistryAsksForOne() throws Exception {
    registry.auth = TestRegistry.Auth.BASIC;
    registry.model("ai/tiny", "latest", BYTES);

    try (RegistryClient client = known()) {
      client.manifest(repository, "latest");
      client.manifest(repository, "latest");
    }

    assertThat(registry.seen).as("the second request needs no challenge").hasSize(3);
    assertThat(registry.seen.getFirst().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void changesAPasswordIntoATokenForEachAccess() throws Exception {
    registry.auth = TestRegistry.Auth.TOKEN;
    registry.model("ai/tiny", "latest", BYTES);
    Descriptor more = new Descriptor(MediaTypes.GGUF, Digest.of(BYTES), 7);

    try (RegistryClient client = known()) {
      client.manifest(repository, "latest");
      client.tags(repository);
      client.upload(repository, more, _ -> new ByteArrayInputStream(BYTES), _ -> {});
    }

    assertThat(registry.count("GET", "/token")).isEqualTo(2);
    assertThat(registry.seen)
        .filteredOn(seen -> seen.path().startsWith("/token"))
        .extracting(TestRegistry.Seen::path)
        .anyMatch(path ->
            path.contains("service=the+%22test%22+registry")
                && path.contains("scope=repository%3Aai%2Ftiny%3Apull&")
                && path.contains("account=ann"))
        .anyMatch(path -> path.contains("scope=repository%3Aai%2Ftiny%3Apull%2Cpush"));
  }

  @Test
  void changesAnIdentityTokenIntoATokenByPost() throws Exception {
    registry.auth = TestRegistry.Auth.TOKEN;
    registry.model("ai/tiny", "latest", BYTES);

    try (RegistryClient client =
        client("{\"identitytoken\":\"%s\"}".formatted(TestRegistry.REFRESH))) {
      client.manifest(repository, "latest");
    }

    assertThat(registry.count("POST", "/token")).isEqualTo(1);
  }

  @Test
  void getsATokenForNobodyInParticular() throws Exception {
    registry.auth = TestRegistry.Auth.TOKEN;
    registry.anonymousTokens = true;
    registry.model("ai/tiny", "latest", BYTES);

    try (RegistryClient client = client("{}")) {
      client.manifest(repository, "latest");
    }

    assertThat(registry.seen)
        .filteredOn(seen -> seen.path().startsWith("/token"))
        .allMatch(seen -> !seen.headers().containsKey("Authorization"));
  }

  @Test
  void getsANewTokenWhenTheOldOneEnds() throws Exception {
    registry.auth = TestRegistry.Auth.TOKEN;
    registry.tokenSeconds = 1;
    registry.model("ai/tiny", "latest", BYTES);

    try (RegistryClient client = known()) {
      client.manifest(repository, "latest");
      while (registry.count("GET", "/token") < 2) {
        client.manifest(repository, "latest");
      }
    }

    assertThat(registry.seen.getLast().headers()).containsKey("Authorization");
  }

  @Test
  void saysHowToLogIn() {
    registry.auth = TestRegistry.Auth.BASIC;

    try (RegistryClient client = client("{}")) {
      assertThatThrownBy(() -> client.manifest(repository, "latest"))
          .isInstanceOfSatisfying(
              RegistryException.class,
              e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.UNAUTHORIZED))
          .hasMessageContaining("127.0.0.1 answered 401 (UNAUTHORIZED authentication required)")
          .hasMessageContaining(
              "it does not exist or needs a login: docker login " + registry.registry());
    }
  }

  @Test
  void saysWhoseCredentialsTheTokenServerRefused() {
    registry.auth = TestRegistry.Auth.TOKEN;

    try (RegistryClient client = client("{\"username\":\"ann\",\"password\":\"wrong\"}")) {
      assertThatThrownBy(() -> client.manifest(repository, "latest"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining(
              "token server localhost answered 401 (incorrect username or password)")
          .hasMessageContaining("the credentials of DOCKER_AUTH_CONFIG were not enough")
          .hasMessageNotContaining("wrong");
    }
    assertThat(registry.count("GET", "/token")).isEqualTo(1);
  }

  @Test
  void refusesATokenServerThatIsNone() {
    registry.auth = TestRegistry.Auth.TOKEN;
    registry.realm = "file:///etc/passwd";

    try (RegistryClient client = known()) {
      assertThatThrownBy(() -> client.manifest(repository, "latest"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("token server of " + registry.registry())
          .hasMessageContaining("expected an http or https address");
    }
  }

  @Test
  void keepsCredentialsFromOtherHosts() throws Exception {
    registry.auth = TestRegistry.Auth.BASIC;
    registry.redirects = true;
    registry.foreignUploads = true;
    Descriptor layer = registry.blob(MediaTypes.GGUF, BYTES);
    byte[] other = "other".getBytes(UTF_8);
    Descriptor more = new Descriptor(MediaTypes.GGUF, Digest.of(other), 5);

    try (RegistryClient client = known()) {
      try (BlobStream stream = client.blob(repository, layer, 2, Origin.REGISTRY)) {
        assertThat(stream.bytes().readAllBytes()).asString(UTF_8).isEqualTo("ights");
      }
      client.upload(repository, more, _ -> new ByteArrayInputStream(other), _ -> {});
    }

    assertThat(registry.blobs).containsKey(more.digest());
    assertThat(registry.seen)
        .filteredOn(seen -> seen.host().equals("localhost"))
        .hasSize(2)
        .allMatch(seen -> !seen.headers().containsKey("Authorization"));
    assertThat(registry.seen)
        .filteredOn(seen -> seen.path().startsWith("/storage"))
        .as("the range goes with the redirect")
        .allMatch(seen -> seen.header("Range").equals("bytes=2-"));
  }
}
