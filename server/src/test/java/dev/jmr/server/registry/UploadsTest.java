package dev.jmr.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
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
  void goesOnWhereTheConnectionWasCut() throws Exception {
    registry.cuts.addAll(List.of(40_000, 25_000));

    upload();

    assertThat(registry.blobs.get(blob.digest())).isEqualTo(BYTES);
    assertThat(registry.count("POST", "/blobs/uploads/")).isEqualTo(1);
    assertThat(registry.seen)
        .filteredOn(seen -> seen.method().equals("PATCH"))
        .extracting(seen -> seen.header("Content-Range"))
        .containsExactly("40000-99999", "65000-99999");
    assertThat(progress).contains(40_000L, 65_000L);
  }

  @Test
  void doesNotGiveUpWhileTheRegistryGetsMore() throws Exception {
    registry.cuts.addAll(Collections.nCopies(20, 4_000));

    upload();

    assertThat(registry.blobs.get(blob.digest())).isEqualTo(BYTES);
    assertThat(registry.count("POST", "/blobs/uploads/")).isEqualTo(1);
  }

  @Test
  void beginsAnewWhereTheRegistryDoesNotSayWhatItHas() throws Exception {
    registry.tellsUploads = false;
    registry.cuts.addAll(List.of(40_000, 25_000));

    upload();

    assertThat(registry.blobs.get(blob.digest())).isEqualTo(BYTES);
    assertThat(registry.count("POST", "/blobs/uploads/")).isEqualTo(3);
    assertThat(registry.count("PATCH", "")).isZero();
  }

  @Test
  void beginsAnewWhereWhatTheRegistryHasIsWrong() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    registry.intercept =
        exchange -> {
          boolean status = exchange.getRequestMethod().equals("GET") && asked.getAndIncrement() < 1;
          if (status) {
            exchange.getResponseHeaders().set("Range", "0-49999");
            send(exchange, 204);
          }
          return status;
        };
    registry.cuts.add(40_000);

    upload();

    assertThat(registry.blobs.get(blob.digest())).isEqualTo(BYTES);
    assertThat(registry.count("POST", "/blobs/uploads/")).isEqualTo(2);
  }

  private static void send(HttpExchange exchange, int status) {
    try {
      TestRegistry.respond(exchange, status, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void takesABlobOverFromAnotherRepository() throws Exception {
    registry.auth = TestRegistry.Auth.TOKEN;
    registry.anonymousTokens = true;
    registry.blob(MediaTypes.GGUF, BYTES);

    assertThat(client.mount(repository, blob, registry.repository("ai/model"))).isTrue();

    assertThat(registry.seen)
        .extracting(TestRegistry.Seen::path)
        .contains("/v2/me/model/blobs/uploads/?mount=" + blob.digest() + "&from=ai%2Fmodel")
        .anyMatch(path ->
            path.startsWith("/token?")
                && path.contains("scope=repository%3Ame%2Fmodel%3Apull%2Cpush")
                && path.contains("scope=repository%3Aai%2Fmodel%3Apull"));
  }

  @Test
  void leavesNoUploadBehindWhereTheRegistryTakesNothingOver() throws Exception {
    registry.mounts = false;
    registry.blob(MediaTypes.GGUF, BYTES);

    assertThat(client.mount(repository, blob, registry.repository("ai/model"))).isFalse();
    assertThat(client.mount(repository, blob, new Repository("other.invalid", "x"))).isFalse();

    assertThat(registry.count("POST", "?mount=")).isEqualTo(1);
    assertThat(registry.count("DELETE", "/upload/")).isEqualTo(1);
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
