package dev.jmr.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadsTest {
  private static final byte[] BYTES = new byte[100_000];

  static {
    new Random(7).nextBytes(BYTES);
  }

  private final TestRegistry registry = new TestRegistry();
  private final Repository repository = registry.repository("me/model");
  private final RegistryClient client = new RegistryClient(TestRegistry.options(Map.of()));
  private final Descriptor blob = new Descriptor(MediaTypes.GGUF, Digest.of(BYTES), BYTES.length);
  private final List<Long> progress = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    client.close();
    registry.close();
  }

  private void upload() throws InterruptedException {
    client.upload(
        repository,
        blob,
        offset -> new ByteArrayInputStream(BYTES, (int) offset, BYTES.length - (int) offset),
        progress::add);
  }

  @Test
  void writesABlobInOneRequest() throws Exception {
    assertThat(client.exists(repository, blob)).isFalse();

    upload();

    assertThat(client.exists(repository, blob)).isTrue();
    assertThat(registry.blobs.get(blob.digest())).isEqualTo(BYTES);
    assertThat(registry.count("PATCH", "")).isZero();
    assertThat(progress.getLast()).isEqualTo(BYTES.length);
  }

  @Test
  void writesChunksWhereTheRegistryAsksForThem() throws Exception {
    registry.chunkMinLength = 1;

    upload();

    assertThat(registry.blobs.get(blob.digest())).isEqualTo(BYTES);
    assertThat(registry.count("PATCH", "/upload/")).isEqualTo(1);
    assertThat(registry.seen)
        .filteredOn(seen -> seen.method().equals("PATCH"))
        .allMatch(seen -> seen.header("Content-Range").equals("0-99999"));
  }

  @Test
  void writesChunksWhereOneRequestIsTooMuch() throws Exception {
    registry.maxPut = 1000;

    upload();

    assertThat(registry.blobs.get(blob.digest())).isEqualTo(BYTES);
    assertThat(registry.count("PATCH", "/upload/")).isEqualTo(1);
  }

  @Test
  void writesAnEmptyBlob() throws Exception {
    Descriptor empty = new Descriptor(MediaTypes.LICENSE, Digest.of(new byte[0]), 0);

    client.upload(repository, empty, _ -> new ByteArrayInputStream(new byte[0]), _ -> {});

    assertThat(registry.blobs).containsKey(empty.digest());
  }

  @Test
  void beginsAnewWhenTheRegistryFails() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    registry.intercept =
        exchange -> {
          boolean fails =
              exchange.getRequestMethod().equals("PUT") && failures.getAndIncrement() < 2;
          if (fails) {
            try {
              exchange.getRequestBody().readAllBytes();
              TestRegistry.error(exchange, 502, "UNKNOWN", "bad gateway");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
          return fails;
        };

    upload();

    assertThat(registry.blobs.get(blob.digest())).isEqualTo(BYTES);
    assertThat(registry.count("POST", "/blobs/uploads/")).isEqualTo(3);
  }

  @Test
  void saysWhatTheRegistryRefused() {
    Descriptor wrong = new Descriptor(MediaTypes.GGUF, Digest.of(new byte[1]), BYTES.length);

    assertThatThrownBy(() ->
            client.upload(repository, wrong, _ -> new ByteArrayInputStream(BYTES), progress::add))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(
            "answered 400 (DIGEST_INVALID provided digest did not match uploaded content)");
  }

  @Test
  void publishesAManifest() throws Exception {
    Manifest manifest = registry.model("other/model", "latest", BYTES);

    client.publish(repository, "v1", manifest);

    assertThat(client.manifest(repository, "v1").digest()).isEqualTo(manifest.digest());
  }
}
