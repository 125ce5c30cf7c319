package dev.jmr.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ManifestJson;
import dev.jmr.server.artifact.MediaTypes;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.Repository;
import dev.jmr.server.registry.TestRegistry;
import dev.jmr.server.store.BlobWriter;
import dev.jmr.server.store.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against the registry that people run, and read by the program that people copy with.
class DockerRegistryTest {
  private static final ModelReference LOCAL = ModelReference.parse("ai/tiny");
  // The bcrypt hash of TestRegistry.PASSWORD.
  private static final String HTPASSWD =
      "ann:$2b$05$abcdefghijklmnopqrstuulzITFXwzymEQHrMFHqnEHvRQyATqn8.\n";

  @TempDir Path folder;

  private final byte[] weights = new byte[5_000_000];
  private ModelStore store;
  private Manifest model;

  @BeforeEach
  void pack() throws Exception {
    new Random(5).nextBytes(weights);
    store = ModelStore.open(folder.resolve("models"));
    Descriptor config =
        store.putBlob(MediaTypes.CONFIG_V0_1, "{\"config\":{\"format\":\"gguf\"}}".getBytes(UTF_8));
    Descriptor layer = store.putBlob(MediaTypes.GGUF, weights);
    Descriptor license = store.putBlob(MediaTypes.LICENSE, "as you like".getBytes(UTF_8));
    model = ManifestJson.create(Optional.empty(), config, List.of(layer, license));
    store.commit(model, Optional.of(LOCAL));
  }

  private static Path program(String name) {
    Optional<Path> program = DockerRegistry.program(name);
    assumeTrue(
        program.isPresent(),
        () -> name + " is not installed; on Debian: apt-get install docker-registry skopeo");
    return program.orElseThrow();
  }

  private DockerRegistry start(String auth) throws IOException {
    return DockerRegistry.start(program("docker-registry"), folder, auth);
  }

  private static RegistryClient client(String registry) {
    String pair = TestRegistry.USER + ":" + TestRegistry.PASSWORD;
    String auth = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    return new RegistryClient(
        TestRegistry.options(
            Map.of(
                "DOCKER_CONFIG",
                "/nonexistent",
                "DOCKER_AUTH_CONFIG",
                "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry, auth))));
  }

  private void pushAndPull(DockerRegistry registry) throws Exception {
    ModelReference remote = ModelReference.parse(registry.registry() + "/me/tiny:v1");
    ModelStore other = ModelStore.open(folder.resolve("other"));
    try (RegistryClient client = client(registry.registry())) {
      new Push(client, store).run("tiny", remote, _ -> {});

      assertThat(RemoteModel.read(client, remote).manifest().digest()).isEqualTo(model.digest());
      assertThat(new Pull(client, other).run(remote, _ -> {}).id()).isEqualTo(model.digest());
      assertThat(Files.readAllBytes(other.blob(Digest.of(weights)))).isEqualTo(weights);
      assertThat(client.tags(new Repository(registry.registry(), "me/tiny"))).containsExactly("v1");
    }
  }

  private void refuses(DockerRegistry registry) {
    ModelReference remote = ModelReference.parse(registry.registry() + "/me/tiny:v1");
    try (RegistryClient stranger = client("elsewhere.example")) {
      assertThatThrownBy(() -> new Push(stranger, store).run("tiny", remote, _ -> {}))
          .isInstanceOfSatisfying(
              RegistryException.class,
              e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.UNAUTHORIZED))
          .hasMessageContaining("docker login " + registry.registry());
    }
  }

  @Test
  void pushesAndPulls() throws Exception {
    try (DockerRegistry registry = start("")) {
      pushAndPull(registry);
    }
  }

  @Test
  void pushesAndPullsWithAPassword() throws Exception {
    Path passwords = folder.resolve("htpasswd");
    Files.writeString(passwords, HTPASSWD);
    String auth =
        """
        auth:
          htpasswd:
            realm: test
            path: %s
        """
            .formatted(passwords);
    try (DockerRegistry registry = start(auth)) {
      pushAndPull(registry);
      refuses(registry);
    }
  }

  @Test
  void pushesAndPullsWithTokens() throws Exception {
    program("docker-registry");
    try (JwtServer tokens = new JwtServer(folder);
        DockerRegistry registry = start(tokens.auth())) {
      pushAndPull(registry);
      refuses(registry);
      takesOver(registry);
    }
  }

  /// What one repository has is mounted into another.
  private void takesOver(DockerRegistry registry) throws Exception {
    Repository mine = new Repository(registry.registry(), "me/tiny");
    Repository other = new Repository(registry.registry(), "you/tiny");
    Descriptor layer = model.layers().getFirst();
    try (RegistryClient client = client(registry.registry())) {
      assertThat(client.exists(other, layer)).isFalse();
      assertThat(client.mount(other, layer, mine)).isTrue();
      assertThat(client.exists(other, layer)).isTrue();
      assertThat(client.mount(other, model.layers().getLast(), other)).isFalse();
    }
  }

  @Test
  void goesOnInTheMiddleOfABlob() throws Exception {
    try (DockerRegistry registry = start("");
        RegistryClient client = client(registry.registry())) {
      ModelReference remote = ModelReference.parse(registry.registry() + "/me/tiny:v1");
      new Push(client, store).run("tiny", remote, _ -> {});
      ModelStore other = ModelStore.open(folder.resolve("other"));
      try (BlobWriter writer = other.openBlob(model.layers().getFirst())) {
        writer.write(weights, 0, 4_000_000);
      }
      List<Long> steps = new ArrayList<>();

      new Pull(client, other)
          .run(remote, event -> event.layer().ifPresent(layer -> steps.add(layer.current())));

      assertThat(steps).filteredOn(step -> step > 1000).allMatch(step -> step > 4_000_000);
      assertThat(Files.readAllBytes(other.blob(Digest.of(weights)))).isEqualTo(weights);
    }
  }

  @Test
  void isReadBySkopeo() throws Exception {
    try (DockerRegistry registry = start("");
        RegistryClient client = client(registry.registry())) {
      ModelReference remote = ModelReference.parse(registry.registry() + "/me/tiny:v1");
      new Push(client, store).run("tiny", remote, _ -> {});
      String from = "docker://" + remote.full();
      String copy = "docker://" + registry.registry() + "/me/copy:v1";
      String directory = "dir:" + folder.resolve("copy");

      assertThat(skopeo("inspect", "--tls-verify=false", "--raw", from))
          .isEqualTo(new String(model.bytes(), UTF_8));
      skopeo("copy", "--src-tls-verify=false", from, directory);
      skopeo("copy", "--dest-tls-verify=false", directory, copy);

      assertThat(Files.readAllBytes(folder.resolve("copy").resolve(Digest.of(weights).hex())))
          .isEqualTo(weights);
      ModelStore other = ModelStore.open(folder.resolve("other"));
      assertThat(
              new Pull(client, other)
                  .run(ModelReference.parse(copy.substring("docker://".length())), _ -> {})
                  .id())
          .isEqualTo(model.digest());
    }
  }

  private static String skopeo(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program("skopeo").toString()));
    command.add("--insecure-policy");
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
