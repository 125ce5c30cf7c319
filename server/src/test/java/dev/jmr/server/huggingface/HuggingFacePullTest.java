package dev.jmr.server.huggingface;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.LayerRole;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.MediaTypes;
import dev.jmr.server.artifact.ModelConfig;
import dev.jmr.server.artifact.ModelConfigJson;
import dev.jmr.server.artifact.ModelConfigReader;
import dev.jmr.server.artifact.ModelFiles;
import dev.jmr.server.artifact.ModelLayers;
import dev.jmr.server.packaging.TinyModel;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.RegistryOptions;
import dev.jmr.server.registry.RetryPolicy;
import dev.jmr.server.store.CorruptBlobException;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoredModel;
import dev.jmr.server.transfer.ProgressEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFacePullTest {
  private static final String TOKEN = "hf_secret";

  private final TestHub hub = new TestHub();
  private final List<ProgressEvent> events = new CopyOnWriteArrayList<>();

  @TempDir private Path directory;

  @AfterEach
  void closeHub() {
    hub.close();
  }

  @Test
  void pullsAModelWithWhatBelongsToIt() throws Exception {
    addModel("Tiny-Q4_K_M.gguf");
    addModel("Tiny-Q8_0.gguf");
    addModel("mmproj-F16.gguf");
    hub.files.put("chat_template.jinja", "{{ messages }}".getBytes(UTF_8));
    hub.files.put("LICENSE", "terms".getBytes(UTF_8));
    hub.files.put("README.md", "read me".getBytes(UTF_8));
    ModelStore store = store("a");

    StoredModel model = pull(store, "latest", 1);

    assertThat(model.tags()).containsExactly("huggingface.co/org/tiny-gguf:latest");
    Manifest manifest = store.manifest(model);
    assertThat(manifest.config().mediaType()).isEqualTo(MediaTypes.CONFIG_V0_1);
    ModelFiles files = ModelFiles.of(manifest, store::blob);
    assertThat(files.gguf()).hasSize(1);
    assertThat(files.gguf().getFirst()).hasBinaryContent(bytes("Tiny-Q4_K_M.gguf"));
    assertThat(files.projector().orElseThrow()).hasBinaryContent(bytes("mmproj-F16.gguf"));
    assertThat(files.chatTemplate().orElseThrow()).hasContent("{{ messages }}");
    assertThat(files.licenses()).hasSize(1);
    ModelConfig config = config(store, manifest);
    assertThat(config.created()).hasValue(Instant.parse("2026-07-01T10:00:00Z"));
    assertThat(config.contextSize()).isEmpty();
    assertThat(events)
        .filteredOn(event -> event.layer().isEmpty())
        .extracting(ProgressEvent::message)
        .containsExactly(
            "Fetching file list...",
            "Selected Q4_K_M quantization (default)",
            "Found 2 files (0.02 MB total)",
            "Building model artifact...",
            "Model pulled successfully");
    int size = bytes("Tiny-Q4_K_M.gguf").length;
    Digest id = Digest.of("Tiny-Q4_K_M.gguf".getBytes(UTF_8));
    assertThat(events)
        .extracting(ProgressEvent::layer)
        .contains(Optional.of(new ProgressEvent.Layer(id, size, size)));
  }

  @Test
  void givesTheSameIdForTheSameState() throws Exception {
    addModel("Tiny-Q4_K_M.gguf");

    StoredModel first = pull(store("a"), "Q4_K_M", 1);
    StoredModel second = pull(store("b"), "q4-k-m", 1);

    assertThat(second.id()).isEqualTo(first.id());
  }

  @Test
  void sendsTheTokenToTheHubAndToNobodyElse() throws Exception {
    addModel("Tiny-Q4_K_M.gguf");

    pull(store("a"), "latest", 1);

    assertThat(hub.seenBy("127.0.0.1"))
        .isNotEmpty()
        .allMatch(seen -> seen.authorization().equals(Optional.of("Bearer " + TOKEN)));
    assertThat(hub.seenBy("localhost"))
        .isNotEmpty()
        .allMatch(seen -> seen.authorization().isEmpty());
  }

  @Test
  void pullsAllShardsInOrder() throws Exception {
    for (Path shard : TinyModel.writeShards(directory, "Tiny-Q8_0")) {
      hub.files.put("Q8_0/" + shard.getFileName(), Files.readAllBytes(shard));
    }
    addModel("Tiny-Q4_K_M.gguf");
    ModelStore store = store("a");

    StoredModel model = pull(store, "Q8_0", 1);

    List<Path> shards = ModelFiles.of(store.manifest(model), store::blob).gguf();
    assertThat(shards).hasSize(2);
    assertThat(shards.getFirst()).hasBinaryContent(bytes("Q8_0/Tiny-Q8_0-00001-of-00002.gguf"));
    assertThat(ModelLayers.of(store.manifest(model)).with(LayerRole.GGUF)).hasSize(2);
  }

  @Test
  void goesOnWhereTheConnectionWasCut() throws Exception {
    addModel("Tiny-Q4_K_M.gguf");
    hub.cuts.set(3);

    pull(store("a"), "latest", 2);

    int size = bytes("Tiny-Q4_K_M.gguf").length;
    assertThat(hub.seenBy("localhost"))
        .extracting(seen -> seen.range().orElse("all"))
        .hasSize(4)
        .startsWith("all", "bytes=%d-".formatted(size / 2));
  }

  @Test
  void goesOnInAnotherPull() throws Exception {
    addModel("Tiny-Q4_K_M.gguf");
    ModelStore store = store("a");
    hub.cuts.set(1);
    assertThatThrownBy(() -> pull(store, "latest", 1))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("cannot be reached");
    assertThat(store.list()).isEmpty();

    pull(store, "latest", 1);

    assertThat(hub.seenBy("localhost").getLast().range()).isPresent();
    assertThat(store.list()).hasSize(1);
  }

  @Test
  void beginsAnewWhereAServerCannotGoOn() throws Exception {
    addModel("Tiny-Q4_K_M.gguf");
    hub.ranges = false;
    hub.cuts.set(1);
    ModelStore store = store("a");

    StoredModel model = pull(store, "latest", 2);

    assertThat(ModelFiles.of(store.manifest(model), store::blob).gguf().getFirst())
        .hasBinaryContent(bytes("Tiny-Q4_K_M.gguf"));
  }

  @Test
  void fetchesWrongBytesAgainOnceAndKeepsNothingOfThem() throws Exception {
    addModel("Tiny-Q4_K_M.gguf");
    ModelStore store = store("a");
    hub.corruptions.set(2);
    assertThatThrownBy(() -> pull(store, "latest", 1)).isInstanceOf(CorruptBlobException.class);
    assertThat(store.list()).isEmpty();

    hub.corruptions.set(1);
    assertThat(pull(store, "latest", 1).tags()).hasSize(1);
  }

  @Test
  void triesAgainWhileTheHubIsBusy() throws Exception {
    addModel("Tiny-Q4_K_M.gguf");
    hub.busy.set(2);

    assertThat(pull(store("a"), "latest", 3).tags()).hasSize(1);
  }

  @Test
  void saysWhoRefusedWhatAndWhatToDo() {
    ModelStore store = store("a");
    hub.status = 401;
    assertThatThrownBy(() -> pull(store, "latest", 1))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.UNAUTHORIZED))
        .hasMessage(
            "org/tiny-gguf: not allowed, 127.0.0.1 answered 401 (Access to this is restricted);"
                + " the token of HF_TOKEN may not read it, or its terms are not accepted yet");
    hub.status = 403;
    assertThatThrownBy(() -> pull(store, "latest", 1)).hasMessageContaining("answered 403");
    hub.status = 404;
    assertThatThrownBy(() -> pull(store, "latest", 1))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.NOT_FOUND))
        .hasMessageStartingWith("org/tiny-gguf: not found, 127.0.0.1 answered 404");
    assertThat(store.list()).isEmpty();
  }

  @Test
  void usesTheModelOfTheStoreWhenTheHubCannotBeReached() throws Exception {
    addModel("Tiny-Q4_K_M.gguf");
    ModelStore store = store("a");
    StoredModel model = pull(store, "latest", 1);
    hub.close();
    events.clear();

    assertThat(pull(store, "latest", 1)).isEqualTo(model);
    assertThat(events)
        .extracting(ProgressEvent::type)
        .contains(ProgressEvent.Type.WARNING)
        .endsWith(ProgressEvent.Type.SUCCESS);
    assertThatThrownBy(() -> pull(store, "Q8_0", 1)).hasMessageContaining("cannot be reached");
  }

  @Test
  void refusesNamesThatAreNoRepository() {
    ModelStore store = store("a");
    for (String name : List.of("org/model", "hf.co/a/b/c:latest")) {
      assertThatThrownBy(() -> pull(store, ModelReference.parse(name), 1))
          .hasMessageContaining("expected hf.co/organization/repository[:quantization], got");
    }
  }

  private void addModel(String name) throws IOException {
    hub.files.put(name, Files.readAllBytes(TinyModel.write(directory.resolve(name), name)));
  }

  private byte[] bytes(String name) {
    return hub.files.getOrDefault(name, new byte[0]);
  }

  private ModelStore store(String name) {
    return ModelStore.open(directory.resolve(name));
  }

  private StoredModel pull(ModelStore store, String tag, int attempts) throws Exception {
    return pull(store, ModelReference.parse("hf.co/Org/Tiny-GGUF:" + tag), attempts);
  }

  private StoredModel pull(ModelStore store, ModelReference reference, int attempts)
      throws Exception {
    RegistryOptions connection =
        new RegistryOptions(
            Map.of(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            new RetryPolicy(attempts, Duration.ofMillis(1), Duration.ofMillis(5)));
    HubOptions options = new HubOptions(hub.endpoint(), Optional.of(TOKEN), connection);
    try (HuggingFacePull pull = new HuggingFacePull(options, store)) {
      return pull.run(reference, events::add);
    }
  }

  private static ModelConfig config(ModelStore store, Manifest manifest) {
    return ModelConfigReader.read(
        manifest, store.read(manifest.config().digest(), ModelConfigJson.MAX_BYTES));
  }
}
