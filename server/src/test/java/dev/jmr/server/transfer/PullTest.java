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
import dev.jmr.server.library.ModelEntry;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.TestRegistry;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoreException;
import dev.jmr.server.store.StoreOptions;
import dev.jmr.server.store.StoredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {
  private static final byte[] WEIGHTS = new byte[3_000_000];
  private static final byte[] LICENSE = "do as you like".getBytes(UTF_8);

  static {
    new Random(3).nextBytes(WEIGHTS);
  }

  @TempDir Path folder;

  private final TestRegistry registry = new TestRegistry();
  private final RegistryClient client = new RegistryClient(TestRegistry.options(Map.of()));
  private final List<ProgressEvent> events = new ArrayList<>();
  private ModelStore store;
  private Pull pull;
  private ModelReference name;

  @BeforeEach
  void open() {
    store = ModelStore.open(folder.resolve("models"));
    pull = new Pull(client, store);
    name = ModelReference.parse(registry.registry() + "/ai/tiny");
  }

  @AfterEach
  void close() {
    client.close();
    registry.close();
  }

  private StoredModel pull() throws InterruptedException {
    return pull.run(name, events::add);
  }

  @Test
  void fetchesAModelIntoTheStore() throws Exception {
    Manifest model = registry.model("ai/tiny", "latest", WEIGHTS, LICENSE);

    StoredModel stored = pull();

    assertThat(stored.id()).isEqualTo(model.digest());
    assertThat(stored.tags()).containsExactly(name.full());
    assertThat(Files.readAllBytes(store.blob(Digest.of(WEIGHTS)))).isEqualTo(WEIGHTS);
    assertThat(store.complete(store.manifest(stored))).isTrue();
    assertThat(events.getLast())
        .isEqualTo(ProgressEvent.success(ProgressEvent.Mode.PULL, "Model pulled successfully"));
  }

  @Test
  void tellsHowFarEachLayerIs() throws Exception {
    registry.model("ai/tiny", "latest", WEIGHTS, LICENSE);

    pull();

    assertThat(events)
        .filteredOn(event -> event.type() == ProgressEvent.Type.PROGRESS)
        .allMatch(event -> event.total() == WEIGHTS.length + LICENSE.length)
        .filteredOn(event -> event.layer().orElseThrow().id().equals(Digest.of(WEIGHTS)))
        .hasSizeGreaterThanOrEqualTo(3)
        .last()
        .satisfies(event -> {
          assertThat(event.message()).isEqualTo("Downloaded: 2.86 MB");
          assertThat(event.layer().orElseThrow().current()).isEqualTo(WEIGHTS.length);
        });
  }

  @Test
  void fetchesNothingThatIsThere() throws Exception {
    Manifest model = registry.model("ai/tiny", "latest", WEIGHTS);
    pull();
    registry.seen.clear();
    events.clear();

    StoredModel stored = pull();

    assertThat(stored.id()).isEqualTo(model.digest());
    assertThat(events)
        .extracting(ProgressEvent::message)
        .containsExactly("Using cached model: 2.86MiB");
    assertThat(registry.seen).as("one HEAD").hasSize(1);
  }

  @Test
  void givesASecondNameToWhatIsThere() throws Exception {
    Manifest model = registry.model("ai/tiny", "latest", WEIGHTS);
    pull();
    registry.put("ai/tiny", "v1", model.bytes());
    registry.blobs.clear();

    StoredModel stored = pull.run(name.withTag("v1"), events::add);

    assertThat(stored.tags()).containsExactly(name.full(), name.withTag("v1").full());
  }

  @Test
  void movesANameToTheNewModel() throws Exception {
    registry.model("ai/tiny", "latest", WEIGHTS);
    StoredModel old = pull();
    Manifest model = registry.model("ai/tiny", "latest", LICENSE);

    StoredModel stored = pull();

    assertThat(stored.id()).isEqualTo(model.digest());
    assertThat(store.find(old.id().toString()).orElseThrow().tags()).isEmpty();
  }

  @Test
  void usesWhatIsThereWithoutTheRegistry() throws Exception {
    registry.model("ai/tiny", "latest", WEIGHTS);
    StoredModel first = pull();
    registry.close();
    events.clear();

    assertThat(pull()).isEqualTo(first);

    assertThat(events)
        .extracting(ProgressEvent::type)
        .containsExactly(ProgressEvent.Type.WARNING, ProgressEvent.Type.SUCCESS);
    assertThat(events.getFirst().message()).startsWith("not checked for updates: ");
  }

  @Test
  void saysThatTheRegistryCannotBeReached() {
    registry.close();

    assertThatThrownBy(this::pull)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(registry.registry() + ": cannot be reached: ");
  }

  @Test
  void goesOnWhereItWasCancelled() throws Exception {
    registry.model("ai/tiny", "latest", WEIGHTS);
    CountDownLatch half = new CountDownLatch(1);
    registry.intercept =
        exchange ->
            exchange.getRequestURI().getPath().contains(Digest.of(WEIGHTS).hex())
                && sendHalf(exchange, half);
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                pull();
                outcome.completeExceptionally(new AssertionError("it was not cancelled"));
              } catch (InterruptedException | RuntimeException e) {
                outcome.complete(e);
              }
            });
    half.await();
    Descriptor layer = new Descriptor(MediaTypes.GGUF, Digest.of(WEIGHTS), WEIGHTS.length);
    while (store.presentBytes(layer) < WEIGHTS.length / 2) {
      Thread.onSpinWait();
    }
    thread.interrupt();

    assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(store.presentBytes(layer)).isGreaterThanOrEqualTo(WEIGHTS.length / 2);

    registry.intercept = _ -> false;
    registry.seen.clear();
    pull();
    assertThat(Files.readAllBytes(store.blob(layer.digest()))).isEqualTo(WEIGHTS);
    assertThat(registry.seen)
        .filteredOn(seen -> seen.path().contains(layer.digest().hex()))
        .singleElement()
        .satisfies(seen -> assertThat(seen.header("Range")).isEqualTo("bytes=1500000-"));
  }

  private static boolean sendHalf(HttpExchange exchange, CountDownLatch half) {
    try {
      exchange.sendResponseHeaders(200, WEIGHTS.length);
      exchange.getResponseBody().write(WEIGHTS, 0, WEIGHTS.length / 2);
      exchange.getResponseBody().flush();
      half.countDown();
      // Until the client has gone; it sends nothing.
      while (true) {
        exchange.getResponseBody().write(new byte[0]);
        Thread.sleep(10);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Test
  void beginsAnewWhenTheBytesAreWrong() throws Exception {
    registry.model("ai/tiny", "latest", WEIGHTS);
    Digest weights = Digest.of(WEIGHTS);
    byte[] wrong = WEIGHTS.clone();
    wrong[1_000_000] ^= 1;
    registry.blobs.put(weights, wrong);
    registry.intercept =
        _ -> {
          if (registry.count("GET", weights.hex()) == 2) {
            registry.blobs.put(weights, WEIGHTS);
          }
          return false;
        };

    pull();

    assertThat(Files.readAllBytes(store.blob(weights))).isEqualTo(WEIGHTS);
  }

  @Test
  void givesUpWhenTheBytesStayWrongAndKeepsNone() {
    registry.model("ai/tiny", "latest", WEIGHTS);
    byte[] wrong = WEIGHTS.clone();
    wrong[0] ^= 1;
    registry.blobs.put(Digest.of(WEIGHTS), wrong);

    assertThatThrownBy(this::pull)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("got wrong bytes 4 times");
    assertThat(store.list()).isEmpty();
    assertThat(store.presentBytes(new Descriptor("x", Digest.of(WEIGHTS), WEIGHTS.length)))
        .isZero();
  }

  @Test
  void refusesAContainerImage() {
    Descriptor config =
        registry.blob("application/vnd.oci.image.config.v1+json", "{}".getBytes(UTF_8));
    Manifest image = ManifestJson.create(Optional.empty(), config, List.of());
    registry.put("ai/tiny", "latest", image.bytes());

    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.UNSUPPORTED))
        .hasMessageContaining("(a container image); supported: GGUF models");
  }

  @Test
  void refusesWeightsThatAreNotGguf() {
    Descriptor config = registry.blob(MediaTypes.CONFIG_V0_1, "{}".getBytes(UTF_8));
    Manifest model =
        ManifestJson.create(
            Optional.empty(), config, List.of(registry.blob(MediaTypes.SAFETENSORS, LICENSE)));
    registry.put("ai/tiny", "latest", model.bytes());

    assertThatThrownBy(this::pull)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(
            "expected weights in GGUF, got application/vnd.docker.ai.safetensors; supported: ");
    assertThat(registry.count("GET", "/blobs/")).isZero();
  }

  @Test
  void refusesPathsThatLeaveTheModel() {
    Descriptor config = registry.blob(MediaTypes.CONFIG_V0_2, "{}".getBytes(UTF_8));
    Descriptor weights = registry.blob(MediaTypes.GGUF, LICENSE);
    for (String path : List.of("../x.gguf", "/etc/x", "a/../../b", "a\\b", "C:x", "a\u0000b")) {
      Descriptor layer =
          new Descriptor(
              weights.mediaType(),
              weights.digest(),
              weights.size(),
              Map.of(Descriptor.FILE_PATH, path));
      Manifest model = ManifestJson.create(Optional.empty(), config, List.of(layer));
      registry.put("ai/tiny", "latest", model.bytes());

      assertThatThrownBy(this::pull).hasMessageContaining("expected a path within the model");
    }
  }

  @Test
  void refusesWhatDoesNotFitTheDisk() {
    Descriptor config = registry.blob(MediaTypes.CONFIG_V0_1, "{}".getBytes(UTF_8));
    Descriptor huge = new Descriptor(MediaTypes.GGUF, Digest.of(LICENSE), 1L << 60);
    registry.put(
        "ai/tiny", "latest", ManifestJson.create(Optional.empty(), config, List.of(huge)).bytes());

    assertThatThrownBy(this::pull)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("expected 1073741824.00GiB free");

    Descriptor other = new Descriptor(MediaTypes.GGUF, Digest.of(WEIGHTS), Long.MAX_VALUE);
    registry.put(
        "ai/tiny",
        "latest",
        ManifestJson.create(Optional.empty(), config, List.of(huge, other)).bytes());
    assertThatThrownBy(this::pull).hasMessageContaining("expected a size that fits a disk");
  }

  @Test
  void asksTheDefaultRegistryForNamesWithoutOne() throws Exception {
    Manifest model = registry.model("ai/tiny", "latest", WEIGHTS);
    ModelStore ours =
        ModelStore.open(
            StoreOptions.from(
                Map.of(
                    "MODELS_PATH",
                    folder.resolve("ours").toString(),
                    "DEFAULT_REGISTRY",
                    registry.registry()),
                folder));

    StoredModel stored = new Pull(client, ours).run(ours.reference("tiny"), events::add);

    assertThat(stored.id()).isEqualTo(model.digest());
    assertThat(stored.tags()).containsExactly(registry.registry() + "/ai/tiny:latest");
    assertThat(ours.require("tiny").id()).isEqualTo(model.digest());
  }

  @Test
  void suggestsModelsOfTheStoreWhereTheRegistryHasNone() throws Exception {
    registry.model("ai/tiny", "latest", WEIGHTS);
    pull();

    assertThatThrownBy(
            () -> pull.run(ModelReference.parse(registry.registry() + "/ai/tinyy"), events::add))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.NOT_FOUND))
        .hasMessageEndingWith(
            "; did you mean %s, which is in the store?".formatted(name.display()));
    assertThatThrownBy(() ->
            pull.run(ModelReference.parse(registry.registry() + "/me/other-name"), events::add))
        .hasMessageNotContaining("did you mean");
  }

  @Test
  void looksAtAModelWithoutFetchingIt() throws Exception {
    Manifest model = registry.model("ai/tiny", "latest", WEIGHTS);

    ModelEntry remote = ModelLibrary.remote(client, name);

    assertThat(remote.id()).isEqualTo(model.digest());
    assertThat(remote.tags()).isEmpty();
    assertThat(remote.config().format()).isEqualTo("gguf");
    assertThat(registry.count("GET", Digest.of(WEIGHTS).hex())).isZero();
    assertThatThrownBy(() -> ModelLibrary.remote(client, ModelReference.parse("hf.co/org/x")))
        .hasMessageEndingWith("look at https://huggingface.co/org/x");
  }
}
