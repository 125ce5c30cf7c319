package dev.jmr.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ManifestJson;
import dev.jmr.server.artifact.MediaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {
  private static final byte[] BYTES = "0123456789".repeat(1000).getBytes(UTF_8);

  private final TestRegistry registry = new TestRegistry();
  private final Repository repository = registry.repository("ai/tiny");
  private final RegistryClient client = new RegistryClient(TestRegistry.options(Map.of()));

  @AfterEach
  void close() {
    client.close();
    registry.close();
  }

  private static void fail(HttpExchange exchange, int status) {
    try {
      exchange.getResponseHeaders().set("Retry-After", "0");
      TestRegistry.error(exchange, status, "TOOMANYREQUESTS", "slow down");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsAManifestItsConfigurationAndALayer() throws Exception {
    Manifest model = registry.model("ai/tiny", "latest", BYTES);

    Manifest manifest = client.manifest(repository, "latest");

    assertThat(manifest.digest()).isEqualTo(model.digest());
    assertThat(client.digest(repository, "latest")).contains(model.digest());
    assertThat(client.manifest(repository, model.digest().toString()).bytes())
        .isEqualTo(model.bytes());
    assertThat(Digest.of(client.config(repository, manifest))).isEqualTo(model.config().digest());
    Descriptor layer = manifest.layers().getFirst();
    try (BlobStream stream = client.blob(repository, layer, 0, Origin.REGISTRY)) {
      assertThat(stream.bytes().readAllBytes()).isEqualTo(BYTES);
    }
    assertThat(registry.seen).allMatch(seen -> seen.header("User-Agent").contains("jmr"));
  }

  @Test
  void beginsABlobWhereItWasLeft() throws Exception {
    Descriptor layer = registry.blob(MediaTypes.GGUF, BYTES);

    try (BlobStream stream = client.blob(repository, layer, 9_995, Origin.REGISTRY)) {
      assertThat(stream.offset()).isEqualTo(9_995);
      assertThat(stream.bytes().readAllBytes()).asString(UTF_8).isEqualTo("56789");
    }
  }

  @Test
  void beginsABlobAnewWhereTheRegistryKnowsNoRanges() throws Exception {
    Descriptor layer = registry.blob(MediaTypes.GGUF, BYTES);
    registry.ranges = false;

    try (BlobStream stream = client.blob(repository, layer, 9_995, Origin.REGISTRY)) {
      assertThat(stream.offset()).isZero();
      assertThat(stream.bytes().readAllBytes()).isEqualTo(BYTES);
    }
  }

  @Test
  void refusesARangeThatItDidNotAskFor() {
    Descriptor layer = registry.blob(MediaTypes.GGUF, BYTES);
    registry.intercept =
        exchange -> {
          try {
            exchange.getResponseHeaders().set("Content-Range", "bytes 4-9999/10000");
            TestRegistry.respond(exchange, 206, new byte[9_996]);
            return true;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };

    assertThatThrownBy(() -> client.blob(repository, layer, 5, Origin.REGISTRY))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("expected bytes 5-9999/10000, got 'bytes 4-9999/10000'");
  }

  @Test
  void choosesTheManifestThatFitsFromAnIndex() throws Exception {
    Manifest model = registry.model("ai/tiny", "other", BYTES);
    String index =
        """
        {"schemaVersion":2,"mediaType":"%s","manifests":[
          {"mediaType":"%s","digest":"%s","size":3,"platform":{"os":"plan9","architecture":"mips"}},
          {"mediaType":"%s","digest":"%s","size":3,"annotations":{"vnd.docker.reference.type":"attestation-manifest"}},
          {"mediaType":"%s","digest":"%s","size":%d}]}\
        """
            .formatted(
                MediaTypes.INDEX,
                MediaTypes.MANIFEST,
                Digest.of(BYTES),
                MediaTypes.MANIFEST,
                Digest.of(new byte[1]),
                MediaTypes.MANIFEST,
                model.digest(),
                model.bytes().length);
    registry.put("ai/tiny", "latest", index.getBytes(UTF_8));

    assertThat(client.manifest(repository, "latest").digest()).isEqualTo(model.digest());
  }

  @Test
  void namesThePlatformsOfAnIndexWithoutOurs() {
    String index =
        """
        {"schemaVersion":2,"manifests":[
          {"mediaType":"%1$s","digest":"%2$s","size":3,"platform":{"os":"plan9","architecture":"mips"}},
          {"mediaType":"%1$s","digest":"%2$s","size":3,"platform":{"os":"aix","architecture":"ppc"}}]}\
        """
            .formatted(MediaTypes.MANIFEST, Digest.of(BYTES));
    registry.put("ai/tiny", "latest", index.getBytes(UTF_8));

    assertThatThrownBy(() -> client.manifest(repository, "latest"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("[plan9/mips, aix/ppc]");
  }

  @Test
  void suggestsTagsWhereThereIsNoSuchTag() {
    registry.model("ai/tiny", "0.6B-Q4_K_M", BYTES);
    registry.model("ai/tiny", "latest", BYTES);

    assertThatThrownBy(() -> client.manifest(repository, "0.6B-Q4_0"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(
            "not found, 127.0.0.1 answered 404 (MANIFEST_UNKNOWN manifest unknown)")
        .hasMessageContaining("nearest tags: 0.6B-Q4_K_M");
  }

  @Test
  void refusesAManifestThatIsNotTheOneAskedFor() {
    Digest wanted = Digest.of(new byte[3]);
    registry.manifests.put("ai/tiny/" + wanted, registry.model("a/b", "c", BYTES).bytes());

    assertThatThrownBy(() -> client.manifest(repository, wanted.toString()))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("expected a manifest with the digest " + wanted);
  }

  @Test
  void refusesAManifestThatIsTooLarge() {
    registry.put("ai/tiny", "latest", new byte[ManifestJson.MAX_BYTES + 1]);

    assertThatThrownBy(() -> client.manifest(repository, "latest"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("at most 4194304 bytes, got more");
  }

  @Test
  void refusesWhatIsNoManifest() {
    registry.put("ai/tiny", "latest", "[]".getBytes(UTF_8));

    assertThatThrownBy(() -> client.manifest(repository, "latest"))
        .isInstanceOf(ArtifactException.class);
  }

  @Test
  void refusesReferencesThatAreNone() {
    assertThatThrownBy(() -> client.manifest(repository, "../../x"))
        .hasMessageContaining("reference: expected a tag or a digest, got '../../x'");
    assertThatThrownBy(() -> new Repository("host/evil", "a")).hasMessageContaining("host[:port]");
    assertThatThrownBy(() -> new Repository("host", "a/../b")).hasMessageContaining("repository");
  }

  @Test
  void triesAgainWhenTheRegistryIsBusy() throws Exception {
    Manifest model = registry.model("ai/tiny", "latest", BYTES);
    AtomicInteger failures = new AtomicInteger();
    int[] statuses = {429, 503, 500};
    registry.intercept =
        exchange -> {
          int failure = failures.getAndIncrement();
          if (failure < statuses.length) {
            fail(exchange, statuses[failure]);
          }
          return failure < statuses.length;
        };

    assertThat(client.manifest(repository, "latest").digest()).isEqualTo(model.digest());
    assertThat(registry.seen).hasSize(4);
  }

  @Test
  void saysWhatTheRegistrySaidWhenItStaysBusy() {
    registry.intercept =
        exchange -> {
          fail(exchange, 503);
          return true;
        };

    assertThatThrownBy(() -> client.manifest(repository, "latest"))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.UNREACHABLE))
        .hasMessageContaining("127.0.0.1 answered 503 (TOOMANYREQUESTS slow down)");
    assertThat(registry.seen).hasSize(4);
  }

  @Test
  void endsAReadThatBringsNothing() throws Exception {
    Descriptor layer = registry.blob(MediaTypes.GGUF, BYTES);
    registry.intercept =
        exchange -> {
          try {
            exchange.sendResponseHeaders(200, BYTES.length);
            exchange.getResponseBody().write(BYTES, 0, 100);
            exchange.getResponseBody().flush();
            Thread.sleep(20_000);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return true;
        };

    try (BlobStream stream = client.blob(repository, layer, 0, Origin.REGISTRY)) {
      assertThat(stream.bytes().readNBytes(100)).hasSize(100);
      assertThatThrownBy(() -> stream.bytes().read())
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("no byte came for PT0.4S");
    }
  }

  @Test
  void saysThatAnUnknownHostCannotBeReached() {
    Repository nowhere = new Repository("registry.invalid", "ai/tiny");

    assertThatThrownBy(() -> client.manifest(nowhere, "latest"))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.UNREACHABLE))
        .hasMessageContaining("registry.invalid: cannot be reached: ");
  }

  @Test
  void usesAMirrorOfDockerHubAndKeepsItsPath() throws Exception {
    Manifest model = registry.model("ai/tiny", "latest", BYTES);
    Repository hub = new Repository(Repository.DOCKER_HUB, "ai/tiny");
    Map<String, String> environment =
        Map.of(
            "MODEL_RUNNER_REGISTRY_MIRRORS",
            "\"http://127.0.0.1:1, %s/prefix/ \"".formatted(registry.elsewhere()));

    try (RegistryClient mirrored = new RegistryClient(TestRegistry.options(environment))) {
      assertThat(mirrored.manifest(hub, "latest").digest()).isEqualTo(model.digest());
      try (BlobStream stream =
          mirrored.blob(hub, model.layers().getFirst(), 0, Origin.MIRRORS_FIRST)) {
        assertThat(stream.bytes().readAllBytes()).isEqualTo(BYTES);
      }
    }
    assertThat(registry.seen)
        .extracting(TestRegistry.Seen::path)
        .allMatch(path -> path.startsWith("/prefix/v2/ai/tiny/"));
  }

  @Test
  void listsTags() throws Exception {
    registry.model("ai/tiny", "b", BYTES);
    registry.model("ai/tiny", "a", BYTES);

    assertThat(client.tags(repository)).containsExactlyInAnyOrderElementsOf(List.of("a", "b"));
  }
}
