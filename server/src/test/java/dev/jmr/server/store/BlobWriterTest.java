package dev.jmr.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.MediaTypes;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobWriterTest {
  private static final byte[] BYTES = new byte[3_000_000];
  private static final Descriptor BLOB;

  static {
    new Random(7).nextBytes(BYTES);
    BLOB = new Descriptor(MediaTypes.GGUF, Digest.of(BYTES), BYTES.length);
  }

  @TempDir Path folder;
  private ModelStore store;

  @BeforeEach
  void open() {
    store = ModelStore.open(folder);
  }

  private Path partial() {
    return folder.resolve("blobs", "sha256", BLOB.digest().hex() + ".incomplete");
  }

  @Test
  void goesOnWhereAnInterruptionEnded() throws Exception {
    try (BlobWriter writer = store.openBlob(BLOB)) {
      writer.write(BYTES, 0, 1_500_000);
    }
    assertThat(partial()).hasSize(1_500_000);
    assertThat(store.presentBytes(BLOB)).isEqualTo(1_500_000);
    assertThat(store.hasBlob(BLOB)).isFalse();

    try (BlobWriter writer = store.openBlob(BLOB)) {
      assertThat(writer.position()).isEqualTo(1_500_000);
      assertThat(writer.remaining()).isEqualTo(1_500_000);
      writer.write(ByteBuffer.wrap(BYTES, 1_500_000, 1_500_000));
      writer.commit();
    }
    assertThat(store.blob(BLOB.digest())).hasBinaryContent(BYTES);
    assertThat(partial()).doesNotExist();
  }

  @Test
  void beginsAnewWhereTheSourceCannotGoOn() throws Exception {
    try (BlobWriter writer = store.openBlob(BLOB)) {
      writer.write(new byte[1000], 0, 1000);
      writer.restart();
      writer.write(BYTES, 0, BYTES.length);
      writer.commit();
    }
    assertThat(store.blob(BLOB.digest())).hasBinaryContent(BYTES);
  }

  @Test
  void keepsNothingOfOtherBytes() throws Exception {
    byte[] wrong = BYTES.clone();
    wrong[1_000_000] ^= 1;
    try (BlobWriter writer = store.openBlob(BLOB)) {
      writer.write(wrong, 0, wrong.length);
      assertThatThrownBy(writer::commit)
          .isInstanceOf(CorruptBlobException.class)
          .hasMessage(
              "blob: expected %s, got %s; what came was removed"
                  .formatted(BLOB.digest(), Digest.of(wrong)));
      assertThatThrownBy(writer::commit).isInstanceOf(StoreException.class);
    }
    assertThat(partial()).doesNotExist();
    assertThat(store.hasBlob(BLOB)).isFalse();
  }

  @Test
  void findsWhatWasDamagedBetweenAttempts() throws Exception {
    Files.write(partial(), new byte[1_000_000]);
    try (BlobWriter writer = store.openBlob(BLOB)) {
      writer.write(BYTES, 1_000_000, 2_000_000);
      assertThatThrownBy(writer::commit).isInstanceOf(CorruptBlobException.class);
    }
    assertThat(store.presentBytes(BLOB)).isZero();
  }

  @Test
  void refusesMoreThanTheSize() throws Exception {
    try (BlobWriter writer = store.openBlob(BLOB)) {
      writer.write(BYTES, 0, BYTES.length);
      assertThatThrownBy(() -> writer.write(new byte[1], 0, 1))
          .isInstanceOf(CorruptBlobException.class)
          .hasMessageEndingWith("expected 3000000 bytes, got more");
    }
    assertThat(partial()).doesNotExist();
  }

  @Test
  void refusesLessThanTheSizeAndKeepsIt() throws Exception {
    try (BlobWriter writer = store.openBlob(BLOB)) {
      writer.write(BYTES, 0, 10);
      assertThatThrownBy(writer::commit)
          .isInstanceOf(StoreException.class)
          .hasMessageEndingWith("expected 3000000 bytes, got 10; fetch the rest");
    }
    assertThat(partial()).hasSize(10);
  }

  @Test
  void forgetsAPartialThatIsLargerThanTheBlob() throws Exception {
    Files.write(partial(), new byte[BYTES.length + 1]);
    assertThat(store.presentBytes(BLOB)).isZero();
    try (BlobWriter writer = store.openBlob(BLOB)) {
      assertThat(writer.position()).isZero();
    }
  }

  @Test
  void hasNothingToDoForABlobThatIsThere() throws Exception {
    store.putBlob(MediaTypes.GGUF, BYTES);
    try (BlobWriter writer = store.openBlob(BLOB)) {
      assertThat(writer.remaining()).isZero();
      writer.commit();
    }
    assertThat(store.blob(BLOB.digest())).hasBinaryContent(BYTES);
  }

  @Test
  void writesAnEmptyBlob() throws Exception {
    Descriptor empty = store.putBlob(MediaTypes.LICENSE, new byte[0]);
    assertThat(store.blob(empty.digest())).isEmptyFile();
  }

  @Test
  void replacesABlobOfAnotherSize() throws Exception {
    Path blob = folder.resolve("blobs", "sha256", BLOB.digest().hex());
    Files.write(blob, new byte[5]);
    store.putBlob(MediaTypes.GGUF, BYTES);
    assertThat(blob).hasBinaryContent(BYTES);
  }

  @Test
  void letsOneWriteAtATime() throws Exception {
    ModelStore other = ModelStore.open(folder);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> second;
      try (BlobWriter first = store.openBlob(BLOB)) {
        first.write(BYTES, 0, 1000);
        assertThat(other.tryOpenBlob(BLOB)).isEmpty();
        second =
            threads.submit(() -> {
              try (BlobWriter writer = other.openBlob(BLOB)) {
                return writer.remaining();
              }
            });
        first.write(BYTES, 1000, BYTES.length - 1000);
        first.commit();
      }
      assertThat(second.get()).as("what the second has to do").isZero();
    }
  }

  @Test
  void doesNotFollowALinkInPlaceOfAPartial() throws Exception {
    Path outside = Files.writeString(folder.resolve(".precious"), "keep");
    Files.createSymbolicLink(partial(), outside);
    assertThatThrownBy(() -> store.openBlob(BLOB)).isInstanceOf(StoreException.class);
    assertThat(outside).hasContent("keep");
  }

  @Test
  void doesNotTakeALinkForABlob() throws Exception {
    Path outside = Files.write(folder.resolve(".precious"), BYTES);
    Path blob = folder.resolve("blobs", "sha256", BLOB.digest().hex());
    Files.createSymbolicLink(blob, outside);
    assertThat(store.hasBlob(BLOB)).isFalse();
    assertThatThrownBy(() -> store.blob(BLOB.digest())).isInstanceOf(MissingBlobException.class);
    store.putBlob(MediaTypes.GGUF, BYTES);
    assertThat(Files.isSymbolicLink(blob)).isFalse();
    assertThat(store.hasBlob(BLOB)).isTrue();
  }

  @Test
  void linksAFileOfThisMachine() throws Exception {
    Path file = Files.write(folder.resolve(".model.gguf"), BYTES);
    store.importBlob(BLOB, file, true);
    assertThat(Files.isSameFile(store.blob(BLOB.digest()), file)).isTrue();
    assertThat(partial()).doesNotExist();
  }

  @Test
  void copiesAFileOfThisMachine() throws Exception {
    Path file = Files.write(folder.resolve(".model.gguf"), BYTES);
    store.importBlob(BLOB, file, false);
    assertThat(Files.isSameFile(store.blob(BLOB.digest()), file)).isFalse();
    assertThat(store.blob(BLOB.digest())).hasBinaryContent(BYTES);
  }

  @Test
  void importsNoFileOfAnotherDigest() throws Exception {
    Path file = Files.write(folder.resolve(".model.gguf"), new byte[BYTES.length]);
    assertThatThrownBy(() -> store.importBlob(BLOB, file, true))
        .isInstanceOf(CorruptBlobException.class);
    assertThat(store.hasBlob(BLOB)).isFalse();
  }

  @Test
  void saysWhatSpaceIsMissing() {
    Descriptor huge = new Descriptor(BLOB.mediaType(), BLOB.digest(), 1L << 60);
    Descriptor endless = new Descriptor(BLOB.mediaType(), BLOB.digest(), Long.MAX_VALUE);
    store.requireSpace(List.of(BLOB));
    assertThatThrownBy(() -> store.requireSpace(List.of(BLOB, huge)))
        .isInstanceOf(InsufficientSpaceException.class)
        .hasMessageContaining("expected 1073741824.00GiB free");
    assertThatThrownBy(() -> store.requireSpace(List.of(endless, endless, endless)))
        .isInstanceOf(InsufficientSpaceException.class);
  }
}
