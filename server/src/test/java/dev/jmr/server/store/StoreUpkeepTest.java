package dev.jmr.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.store.Finding.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreUpkeepTest {
  @TempDir Path folder;
  private ModelStore store;

  @BeforeEach
  void open() {
    store = ModelStore.open(folder);
  }

  private Path blob(String content) {
    return folder.resolve("blobs", "sha256", Artifacts.layer(content).digest().hex());
  }

  private Path partial(String content) {
    return blob(content).resolveSibling(blob(content).getFileName() + ".incomplete");
  }

  private static void age(Path file, int days) throws Exception {
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().minus(Duration.ofDays(days)).minusSeconds(60)));
  }

  private List<Kind> kinds(boolean repair) {
    return store.upkeep().fsck(repair, _ -> {}).stream().map(Finding::kind).toList();
  }

  @Test
  void prunesWhatHasNoNameAndWhatWasGivenUp() throws Exception {
    StoredModel old = Artifacts.add(store, "x", "one", "shared");
    Artifacts.add(store, "x", "two", "shared");
    Files.writeString(partial("stale"), "12345");
    age(partial("stale"), 7);
    Files.writeString(partial("fresh"), "12345");
    age(partial("fresh"), 6);
    Files.writeString(blob("orphan"), "orphan");
    age(blob("orphan"), 7);
    Files.writeString(blob("young"), "young");

    PruneReport report = store.upkeep().prune();

    assertThat(report.removals()).containsExactly(new Removal.Deleted(old.id()));
    assertThat(report.blobs()).isEqualTo(1);
    assertThat(report.partials()).isEqualTo(1);
    assertThat(report.freedBytes())
        .isEqualTo(5 + 6 + 3 + Artifacts.manifest("one", "shared").config().size());
    assertThat(partial("stale")).doesNotExist();
    assertThat(partial("fresh")).exists();
    assertThat(blob("young")).exists();
    assertThat(store.complete(store.manifest(store.require("x")))).isTrue();

    PruneReport rest = store.upkeep().prune(Duration.ZERO);

    assertThat(rest).isEqualTo(new PruneReport(List.of(), 1, 1, 5 + 5));
    assertThat(store.complete(store.manifest(store.require("x")))).isTrue();
  }

  @Test
  void prunesNothingThatIsInUse() throws Exception {
    try (BlobWriter writer = store.openBlob(Artifacts.layer("mine"));
        Pin _ = store.pin(List.of(Artifacts.layer("orphan").digest()))) {
      writer.write(new byte[2], 0, 2);
      age(partial("mine"), 30);
      Files.writeString(blob("orphan"), "orphan");
      age(blob("orphan"), 30);
      assertThat(store.upkeep().prune()).isEqualTo(new PruneReport(List.of(), 0, 0, 0));
      assertThat(store.upkeep().prune(Duration.ZERO))
          .isEqualTo(new PruneReport(List.of(), 0, 0, 0));
      store.upkeep().removeStalePartials();
      assertThat(partial("mine")).exists();
      assertThat(blob("orphan")).exists();
    }
    store.upkeep().removeStalePartials();
    assertThat(partial("mine")).doesNotExist();
  }

  @Test
  void purgesAStoreOnly() throws Exception {
    Artifacts.add(store, "x", "weights");
    Files.writeString(folder.resolve("models.json"), "garbage");
    Path layout = folder.resolve("layout.json");
    byte[] marker = Files.readAllBytes(layout);
    Files.delete(layout);
    assertThatThrownBy(() -> store.upkeep().purge())
        .hasMessageContaining("without layout.json; nothing was removed");
    assertThat(blob("weights")).exists();

    Files.write(layout, marker);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    store.upkeep().purge();
    assertThat(store.list()).isEmpty();
    assertThat(blob("weights")).doesNotExist();
    assertThat(folder.resolve("notes.txt")).exists();
    assertThat(ModelStore.open(folder).list()).isEmpty();
  }

  @Test
  void findsNothingInASoundStore() throws Exception {
    Artifacts.add(store, "x", "one", "shared");
    Artifacts.add(store, "y", "two", "shared");
    AtomicLong hashed = new AtomicLong();
    assertThat(store.upkeep().fsck(false, hashed::addAndGet)).isEmpty();
    assertThat(hashed).hasValue(store.upkeep().diskUsage().modelBytes());
  }

  @Test
  void findsACorruptBlobAndForgetsItsModel() throws Exception {
    StoredModel broken = Artifacts.add(store, "x", "one", "shared");
    Artifacts.add(store, "y", "two");
    Files.writeString(blob("one"), "eno");
    assertThat(kinds(false)).containsExactly(Kind.CORRUPT_BLOB, Kind.BROKEN_MODEL);
    assertThat(store.list()).hasSize(2);
    assertThat(kinds(true)).containsExactly(Kind.CORRUPT_BLOB, Kind.BROKEN_MODEL);
    assertThat(store.list()).extracting(StoredModel::displayName).containsExactly("y");
    assertThat(blob("one")).doesNotExist();
    assertThat(blob("shared")).as("need not be pulled again").exists();
    assertThat(kinds(false)).isEmpty();
    assertThat(Artifacts.add(store, "x", "one", "shared").id()).isEqualTo(broken.id());
  }

  @Test
  void findsMissingBlobsAndManifests() throws Exception {
    Artifacts.add(store, "x", "one");
    StoredModel other = Artifacts.add(store, "y", "two");
    Files.delete(blob("one"));
    Files.delete(folder.resolve("manifests", "sha256", other.id().hex()));
    List<Finding> findings = store.upkeep().fsck(true, _ -> {});
    assertThat(findings).extracting(Finding::kind).containsOnly(Kind.BROKEN_MODEL);
    assertThat(findings)
        .extracting(Finding::subject)
        .containsExactly("docker.io/ai/x:latest", "docker.io/ai/y:latest");
    assertThat(store.list()).isEmpty();
  }

  @Test
  void removesOrphansWhenTheyAreOld() throws Exception {
    Files.writeString(blob("orphan"), "orphan");
    Files.createSymbolicLink(blob("link"), blob("orphan"));
    Files.writeString(partial("stale"), "1");
    age(partial("stale"), 7);
    Path bundle = folder.resolve("bundles", "sha256", "0".repeat(64));
    Files.createDirectories(bundle.resolve("model"));
    assertThat(kinds(false))
        .containsExactly(Kind.CORRUPT_BLOB, Kind.ORPHAN_BUNDLE, Kind.STALE_PARTIAL);
    age(blob("orphan"), 1);
    assertThat(kinds(true)).contains(Kind.ORPHAN_BLOB).hasSize(4);
    assertThat(blob("orphan")).doesNotExist();
    assertThat(Files.isSymbolicLink(blob("link"))).isFalse();
    assertThat(bundle).doesNotExist();
    assertThat(kinds(false)).isEmpty();
  }

  @Test
  void makesABrokenIndexAnew() throws Exception {
    StoredModel model = Artifacts.add(store, "x", "one");
    Artifacts.add(store, "y", "two");
    Files.delete(blob("two"));
    Files.writeString(folder.resolve("models.json"), "{\"models\":[{");
    assertThatThrownBy(() -> store.list()).hasMessageContaining("jmr fsck --repair");
    assertThat(kinds(true))
        .containsExactlyInAnyOrder(Kind.BROKEN_INDEX, Kind.LOST_MODEL, Kind.ORPHAN_MANIFEST);
    assertThat(store.list()).extracting(StoredModel::id).containsExactly(model.id());
    assertThat(folder.resolve("models.json.broken")).hasContent("{\"models\":[{");
    assertThat(kinds(false)).isEmpty();
  }

  @Test
  void listsAModelThatTheIndexLost() throws Exception {
    StoredModel model = Artifacts.add(store, "x", "one");
    Files.writeString(folder.resolve("models.json"), "{\"models\":[],\"extra\":1}");
    assertThat(kinds(true)).containsExactly(Kind.LOST_MODEL);
    assertThat(store.require(model.id().toString()).files()).isEqualTo(model.files());
    assertThat(folder.resolve("models.json")).content().contains("\"extra\": 1");
  }

  @Test
  void settlesEntriesThatContradict() throws Exception {
    StoredModel one = Artifacts.add(store, "x", "one");
    StoredModel two = Artifacts.add(store, "y", "two");
    Files.writeString(
        folder.resolve("models.json"),
        """
        {"models":[{"id":"%s","tags":["docker.io/ai/x:latest"],"files":[]},
          {"id":"%s","tags":["docker.io/ai/x:latest"],"files":[]},{"id":"../x"},7]}\
        """
            .formatted(one.id(), two.id()));
    assertThat(kinds(true))
        .containsExactly(Kind.BROKEN_ENTRY, Kind.AMBIGUOUS_TAG, Kind.WRONG_FILES, Kind.WRONG_FILES);
    assertThat(kinds(false)).isEmpty();
    assertThat(store.require("x")).isEqualTo(one);
    assertThat(store.require(two.id().toString()).tags()).isEmpty();
  }

  @Test
  void finishesARemovalThatACrashInterrupted() throws Exception {
    StoredModel model = Artifacts.add(store, "x", "one");
    Artifacts.add(store, "y", "two");
    Manifest manifest = Artifacts.manifest("one");
    Path journal = folder.resolve("manifests", "sha256", model.id().hex() + ".removing");
    Files.writeString(
        journal,
        String.join("\n", Artifacts.digests(manifest).stream().map(Digest::toString).toList())
            + "\nsha256:../../layout.json\n");
    ModelStore.open(folder);
    assertThat(journal).as("the index has the model: nothing was removed").doesNotExist();
    assertThat(store.complete(manifest)).isTrue();

    byte[] index = Files.readAllBytes(folder.resolve("models.json"));
    Files.writeString(
        journal,
        String.join("\n", Artifacts.digests(manifest).stream().map(Digest::toString).toList()));
    Files.writeString(
        folder.resolve("models.json"),
        new String(index, java.nio.charset.StandardCharsets.UTF_8)
            .replace(model.id().toString(), Artifacts.manifest("gone").digest().toString()));
    store.remove(Artifacts.manifest("gone").digest().toString(), true);
    assertThat(journal).doesNotExist();
    assertThat(blob("one")).doesNotExist();
    assertThat(store.complete(Artifacts.manifest("two"))).isTrue();
  }

  @Test
  void countsWhatTheStoreTakes() throws Exception {
    Artifacts.add(store, "x", "one", "shared");
    Artifacts.add(store, "y", "two", "shared");
    Files.writeString(blob("orphan"), "orphan");
    Files.writeString(partial("partial"), "12");
    long configs =
        Artifacts.manifest("one", "shared").config().size()
            + Artifacts.manifest("two", "shared").config().size();
    DiskUsage usage = store.upkeep().diskUsage();
    assertThat(usage.models()).isEqualTo(2);
    assertThat(usage.modelBytes()).isEqualTo(3 + 3 + 6 + configs);
    assertThat(usage.orphanBytes()).isEqualTo(6);
    assertThat(usage.partialBytes()).isEqualTo(2);
    assertThat(usage.freeBytes()).isPositive();
  }

  @Test
  void commitsWithoutAName() throws Exception {
    Artifacts.blobs(store, "one");
    StoredModel model = store.commit(Artifacts.manifest("one"), Optional.empty());
    assertThat(model.tags()).isEmpty();
    assertThat(store.tag(model.id().shortHex(), ModelReference.parse("x")).tags())
        .containsExactly("docker.io/ai/x:latest");
  }
}
