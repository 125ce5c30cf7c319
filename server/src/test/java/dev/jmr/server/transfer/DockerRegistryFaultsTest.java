package dev.jmr.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ManifestJson;
import dev.jmr.server.artifact.MediaTypes;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.store.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As [FaultsTest], with the registry that people run behind the [FaultyProxy].
class DockerRegistryFaultsTest {
  private static final double RATE = 0.4;
  private static final int MAX_LAYER = 400_000;

  @TempDir Path folder;

  private final Random random = new Random(43);

  @Test
  void losesNothingAndKeepsNothingWrong() throws Exception {
    Optional<Path> program = DockerRegistry.program("docker-registry");
    assumeTrue(
        program.isPresent(),
        () -> "docker-registry is not installed; on Debian: apt-get install docker-registry");
    try (DockerRegistry registry = DockerRegistry.start(program.orElseThrow(), folder, "");
        FaultyProxy proxy = new FaultyProxy(registry.port(), 2, RATE);
        RegistryClient client = new RegistryClient(FaultsTest.impatient());
        RegistryClient direct = new RegistryClient(FaultsTest.impatient())) {
      for (int round = 0; proxy.total() < FaultsTest.FAULTS; round++) {
        ModelStore store = ModelStore.open(folder.resolve("source" + round));
        Manifest model = pack(store, ModelReference.parse("m"));
        String name = "/me/m" + round;
        ModelReference behind = ModelReference.parse(proxy.registry() + name);
        push(new Push(client, store), behind);
        check(direct, ModelReference.parse(registry.registry() + name), model, "direct" + round);
        check(client, behind, model, "behind" + round);
      }
      assertThat(proxy.injected()).containsOnlyKeys(FaultyProxy.Fault.values());
    }
  }

  private Manifest pack(ModelStore store, ModelReference name) throws InterruptedException {
    Descriptor config =
        store.putBlob(MediaTypes.CONFIG_V0_1, "{\"config\":{\"format\":\"gguf\"}}".getBytes(UTF_8));
    List<Descriptor> layers = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(5); i++) {
      byte[] bytes = new byte[random.nextInt(MAX_LAYER)];
      random.nextBytes(bytes);
      layers.add(store.putBlob(MediaTypes.GGUF, bytes));
    }
    Manifest model = ManifestJson.create(Optional.empty(), config, layers);
    store.commit(model, Optional.of(name));
    return model;
  }

  private static void push(Push push, ModelReference target) throws InterruptedException {
    boolean pushed = false;
    while (!pushed) {
      try {
        push.run("m", target, _ -> {});
        pushed = true;
      } catch (RegistryException e) {
        assertThat(e.kind()).as(e.getMessage()).isNotEqualTo(RegistryException.Kind.UNAUTHORIZED);
      }
    }
  }

  private void check(RegistryClient client, ModelReference name, Manifest model, String place)
      throws Exception {
    ModelStore store = ModelStore.open(folder.resolve(place));
    while (store.find(name).isEmpty()) {
      try {
        assertThat(new Pull(client, store).run(name, _ -> {}).id()).isEqualTo(model.digest());
      } catch (RegistryException e) {
        assertThat(store.list()).as("a model appears whole or not at all").isEmpty();
      }
    }
    for (Descriptor layer : model.layers()) {
      assertThat(Digest.of(Files.readAllBytes(store.blob(layer.digest()))))
          .isEqualTo(layer.digest());
    }
  }
}
