package dev.jmr.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.RegistryOptions;
import dev.jmr.server.registry.RetryPolicy;
import dev.jmr.server.registry.TestRegistry;
import dev.jmr.server.store.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pulls and pushes through a [FaultyProxy]. The system property `jmr.faults` says how many faults there are to be at least.
class FaultsTest {
  static final int FAULTS = Integer.getInteger("jmr.faults", 100);
  private static final double RATE = 0.4;
  private static final int MAX_LAYER = 400_000;

  @TempDir Path folder;

  private final TestRegistry registry = new TestRegistry();
  private final Random random = new Random(42);

  static RegistryOptions impatient() {
    return new RegistryOptions(
        Map.of(),
        Duration.ofSeconds(2),
        Duration.ofMillis(150),
        new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(4)));
  }

  @Test
  void losesNothingAndKeepsNothingWrong() throws Exception {
    try (registry;
        FaultyProxy proxy = new FaultyProxy(registry.port(), 1, RATE);
        RegistryClient client = new RegistryClient(impatient())) {
      for (int round = 0; proxy.total() < FAULTS; round++) {
        ModelStore store = ModelStore.open(folder.resolve("store" + round));
        Manifest model = registry.model("ai/m" + round, "latest", layers());
        ModelReference name = ModelReference.parse(proxy.registry() + "/ai/m" + round);
        pull(new Pull(client, store), store, name, model);
        push(new Push(client, store), name, proxy.registry() + "/me/m" + round);

        assertThat(registry.manifests.get("me/m" + round + "/latest")).isEqualTo(model.bytes());
        registry.blobs.forEach((digest, bytes) -> assertThat(Digest.of(bytes)).isEqualTo(digest));
      }
      assertThat(proxy.injected()).containsOnlyKeys(FaultyProxy.Fault.values());
    }
  }

  private byte[][] layers() {
    byte[][] layers = new byte[1 + random.nextInt(5)][];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new byte[random.nextInt(MAX_LAYER)];
      random.nextBytes(layers[i]);
    }
    return layers;
  }

  private void pull(Pull pull, ModelStore store, ModelReference name, Manifest model)
      throws Exception {
    while (store.find(name).isEmpty()) {
      try {
        pull.run(name, _ -> {});
      } catch (RegistryException e) {
        assertThat(store.list()).as("a model appears whole or not at all").isEmpty();
      }
      checkBlobs(store);
    }
    for (Descriptor layer : model.layers()) {
      assertThat(Files.readAllBytes(store.blob(layer.digest())))
          .isEqualTo(registry.blobs.get(layer.digest()));
    }
  }

  private static void checkBlobs(ModelStore store) throws IOException {
    try (Stream<Path> files = Files.list(store.root().resolve("blobs").resolve("sha256"))) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".incomplete")).toList()) {
        assertThat(Digest.of(Files.readAllBytes(file)).hex())
            .isEqualTo(file.getFileName().toString());
      }
    }
  }

  private void push(Push push, ModelReference source, String target) throws Exception {
    registry.blobs.clear();
    boolean pushed = false;
    while (!pushed) {
      try {
        push.run(source.full(), ModelReference.parse(target), _ -> {});
        pushed = true;
      } catch (RegistryException e) {
        assertThat(registry.manifests)
            .as("a name appears last")
            .doesNotContainKey(target.replaceFirst("[^/]*/", "") + "/latest");
      }
    }
  }
}
