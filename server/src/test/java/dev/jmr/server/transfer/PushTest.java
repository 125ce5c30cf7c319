package dev.jmr.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ManifestJson;
import dev.jmr.server.artifact.MediaTypes;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.TestRegistry;
import dev.jmr.server.store.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushTest {
  private static final ModelReference LOCAL = ModelReference.parse("ai/tiny");

  @TempDir Path folder;

  private final TestRegistry registry = new TestRegistry();
  private final RegistryClient client = new RegistryClient(TestRegistry.options(Map.of()));
  private final List<ProgressEvent> events = new ArrayList<>();
  private ModelStore store;
  private Manifest model;

  @BeforeEach
  void pack() throws Exception {
    store = ModelStore.open(folder.resolve("models"));
    Descriptor config = store.putBlob(MediaTypes.CONFIG_V0_1, "{\"config\":{}}".getBytes(UTF_8));
    Descriptor weights = store.putBlob(MediaTypes.GGUF, new byte[2_500_000]);
    Descriptor license = store.putBlob(MediaTypes.LICENSE, "as you like".getBytes(UTF_8));
    model = ManifestJson.create(Optional.empty(), config, List.of(weights, license, license));
    store.commit(model, Optional.of(LOCAL));
  }

  @AfterEach
  void close() {
    client.close();
    registry.close();
  }

  private void push() throws InterruptedException {
    new Push(client, store)
        .run("tiny", ModelReference.parse(registry.registry() + "/me/tiny:v1"), events::add);
  }

  @Test
  void sendsAModel() throws Exception {
    push();

    assertThat(registry.manifests.get("me/tiny/v1")).isEqualTo(model.bytes());
    assertThat(registry.blobs)
        .containsOnlyKeys(
            model.config().digest(),
            model.layers().get(0).digest(),
            model.layers().get(1).digest());
    assertThat(events.getLast())
        .isEqualTo(ProgressEvent.success(ProgressEvent.Mode.PUSH, "Model pushed successfully"));
    assertThat(events)
        .anySatisfy(event -> assertThat(event.message()).isEqualTo("Uploaded: 2.38 MB"));
  }

  @Test
  void sendsNothingThatIsThere() throws Exception {
    push();
    registry.seen.clear();

    push();

    assertThat(registry.count("POST", "")).isZero();
    assertThat(registry.count("PUT", "")).as("the manifest").isEqualTo(1);
  }

  @Test
  void takesOverWhatAnotherRepositoryOfTheRegistryHas() throws Exception {
    Digest weights = model.layers().getFirst().digest();
    push();
    store.tag("tiny", ModelReference.parse(registry.registry() + "/me/tiny:v1"));
    registry.seen.clear();
    registry.intercept = exchange -> notThere(exchange, "/v2/you/tiny/blobs/sha256");

    new Push(client, store)
        .run("tiny", ModelReference.parse(registry.registry() + "/you/tiny"), events::add);

    assertThat(registry.count("POST", "/v2/you/tiny/blobs/uploads/?mount=" + weights)).isEqualTo(1);
    assertThat(registry.seen)
        .filteredOn(seen -> seen.method().equals("PUT"))
        .extracting(TestRegistry.Seen::path)
        .as("configuration and manifest")
        .hasSize(2);
    assertThat(registry.manifests).containsKey("you/tiny/latest");
  }

  @Test
  void sendsNothingToHuggingFace() {
    assertThatThrownBy(() ->
            new Push(client, store).run("tiny", ModelReference.parse("hf.co/me/x"), events::add))
        .hasMessageContaining("expected a registry to push to, got Hugging Face");
  }

  private static boolean notThere(HttpExchange exchange, String path) {
    boolean asked = exchange.getRequestURI().getPath().startsWith(path);
    if (asked) {
      try {
        TestRegistry.error(exchange, 404, "BLOB_UNKNOWN", "blob unknown");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return asked;
  }

  @Test
  void isRefusedBeforeTheFirstByte() {
    registry.auth = TestRegistry.Auth.BASIC;

    assertThatThrownBy(this::push)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("docker login " + registry.registry());
    assertThat(registry.count("POST", "")).isZero();
  }
}
