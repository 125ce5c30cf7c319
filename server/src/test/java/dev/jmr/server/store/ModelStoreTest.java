package dev.jmr.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.reference.ModelReference;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  @TempDir Path folder;
  private ModelStore store;

  @BeforeEach
  void open() {
    store = ModelStore.open(folder.resolve("models"));
  }

  @Test
  void writesWhatDockerModelRunnerReads() throws Exception {
    StoredModel model = Artifacts.add(store, "x", "weights");
    Manifest manifest = Artifacts.manifest("weights");

    assertThat(store.root().resolve("layout.json")).hasContent("{\"version\":\"1.0.0\"}");
    assertThat(store.root().resolve("models.json"))
        .content()
        .isEqualTo(
            """
            {
              "models": [
                {
                  "id": "%s",
                  "tags": [
                    "docker.io/ai/x:latest"
                  ],
                  "files": [
                    "%s",
                    "%s"
                  ]
                }
              ]
            }\
            """
                .formatted(
                    manifest.digest(),
                    manifest.layers().getFirst().digest(),
                    manifest.config().digest()));
    assertThat(store.root().resolve("manifests", "sha256", model.id().hex()))
        .hasBinaryContent(manifest.bytes());
    assertThat(store.blob(Artifacts.layer("weights").digest())).hasContent("weights");
  }

  @Test
  void keepsFilesToTheUser() throws Exception {
    Artifacts.add(store, "x", "weights");
    try (Stream<Path> files = Files.walk(store.root())) {
      for (Path path : files.toList()) {
        String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void leavesNothingButTheLayoutBehind() throws Exception {
    Artifacts.add(store, "x", "weights");
    store.remove("x", false);
    try (Stream<Path> files = Files.walk(store.root())) {
      assertThat(files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)))
          .extracting(path -> store.root().relativize(path).toString())
          .containsExactlyInAnyOrder("layout.json", "models.json");
    }
    assertThat(store.root().resolve("models.json")).hasContent("{\n  \"models\": []\n}");
  }

  @Test
  void knowsTheNameUnderWhichAModelLeaves() throws Exception {
    StoredModel model = Artifacts.add(store, "quay.io/me/x:v1", "weights");
    String shortId = model.id().shortHex();
    for (String spelling : List.of("quay.io/me/x:v1", shortId, model.id().toString())) {
      assertThat(store.requireName(spelling).full()).isEqualTo("quay.io/me/x:v1");
    }
    assertThat(store.requireName("quay.io/me/x@" + model.id()).digest()).contains(model.id());
    store.tag(shortId, ModelReference.parse("other"));
    assertThat(store.requireName("Other").full()).isEqualTo("docker.io/ai/other:latest");
    assertThatThrownBy(() -> store.requireName(shortId))
        .hasMessage(
            "model %s: expected one name, got quay.io/me/x:v1, other; say which one", shortId);
    assertThatThrownBy(() -> store.requireName("othr"))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageEndingWith("did you mean other?");
    Artifacts.add(store, "quay.io/me/x:v1", "two");
    Artifacts.add(store, "other", "two");
    assertThatThrownBy(() -> store.requireName(shortId))
        .hasMessageEndingWith("expected one name, got none; give it one with jmr tag");
  }

  @Test
  void findsAModelInEverySpelling() throws Exception {
    StoredModel model = Artifacts.add(store, "smollm2:v1", "weights");
    store.tag("smollm2:v1", ModelReference.parse("smollm2"));
    Artifacts.add(store, "other", "other");
    String hex = model.id().hex();
    for (String spelling :
        List.of(
            "smollm2",
            "smollm2:latest",
            "smollm2:v1",
            "ai/smollm2",
            "ai/smollm2:v1",
            "docker.io/ai/smollm2:v1",
            "index.docker.io/ai/smollm2",
            " SmolLM2 ",
            "smollm2@sha256:" + hex,
            "ai/smollm2@sha256:" + hex,
            "sha256:" + hex,
            hex,
            hex.substring(0, 12))) {
      assertThat(store.require(spelling).id()).as(spelling).isEqualTo(model.id());
    }
    assertThat(store.find("smollm2:V1")).as("tags keep their case").isEmpty();
    assertThat(store.find("quay.io/ai/smollm2")).isEmpty();
    assertThat(store.find(hex.substring(0, 11))).as("eleven digits are a name").isEmpty();
    assertThat(store.find("ffffffffffff")).isEmpty();
  }

  @Test
  void suggestsWhatWasMeant() throws Exception {
    Artifacts.add(store, "smollm2", "weights");
    assertThatThrownBy(() -> store.require("smolm2"))
        .isInstanceOf(UnknownModelException.class)
        .hasMessage("model 'smolm2' not found; did you mean smollm2?");
    assertThatThrownBy(() -> store.require("../../etc/passwd"))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageStartingWith("model '../../etc/passwd': model name: expected");
  }

  @Test
  void movesATag() throws Exception {
    StoredModel first = Artifacts.add(store, "x", "one");
    StoredModel second = Artifacts.add(store, "x", "two");
    assertThat(store.require("x").id()).isEqualTo(second.id());
    assertThat(store.require(first.id().toString()).tags()).isEmpty();
    assertThat(store.require(first.id().toString()).displayName()).isEqualTo(first.id().shortHex());

    store.tag(first.id().shortHex(), ModelReference.parse("x"));
    assertThat(store.require("x").id()).isEqualTo(first.id());
    assertThat(store.list()).extracting(StoredModel::id).containsExactly(first.id(), second.id());
  }

  @Test
  void untagsAModelThatHasOtherNames() throws Exception {
    StoredModel model = Artifacts.add(store, "x", "weights");
    store.tag("x", ModelReference.parse("y"));
    assertThat(store.remove("x", true))
        .containsExactly(new Removal.Untagged("docker.io/ai/x:latest"));
    assertThat(store.remove("y", false))
        .containsExactly(
            new Removal.Untagged("docker.io/ai/y:latest"), new Removal.Deleted(model.id()));
    assertThat(store.list()).isEmpty();
    assertThatThrownBy(() -> store.remove("y", false)).isInstanceOf(UnknownModelException.class);
  }

  @Test
  void removesAModelWithManyNamesByForceOnly() throws Exception {
    StoredModel model = Artifacts.add(store, "x", "weights");
    store.tag("x", ModelReference.parse("y"));
    assertThatThrownBy(() -> store.remove(model.id().shortHex(), false))
        .isInstanceOf(ModelConflictException.class)
        .hasMessageContaining("x, y");
    assertThat(store.remove(model.id().shortHex(), true))
        .containsExactly(
            new Removal.Untagged("docker.io/ai/x:latest"),
            new Removal.Untagged("docker.io/ai/y:latest"),
            new Removal.Deleted(model.id()));
  }

  @Test
  void keepsBlobsThatOtherModelsUse() throws Exception {
    Artifacts.add(store, "x", "shared", "mine");
    Artifacts.add(store, "y", "shared", "other");
    store.remove("x", false);
    assertThat(store.hasBlob(Artifacts.layer("shared"))).isTrue();
    assertThat(store.hasBlob(Artifacts.layer("mine"))).isFalse();
    assertThat(store.complete(Artifacts.manifest("shared", "other"))).isTrue();
  }

  @Test
  void keepsBlobsThatSomebodyIsAboutToUse() throws Exception {
    Artifacts.add(store, "x", "shared");
    Manifest next = Artifacts.manifest("shared", "more");
    try (Pin _ = store.pin(next)) {
      store.remove("x", false);
      assertThat(store.hasBlob(Artifacts.layer("shared"))).isTrue();
      Artifacts.blobs(store, "shared", "more");
      store.commit(next, Optional.empty());
    }
    assertThat(store.complete(next)).isTrue();
    assertThat(store.remove(next.digest().toString(), false))
        .containsExactly(new Removal.Deleted(next.digest()));
    assertThat(store.hasBlob(Artifacts.layer("shared"))).isFalse();
  }

  @Test
  void removesTheBundleOfAModel() throws Exception {
    StoredModel model = Artifacts.add(store, "x", "weights");
    Path bundle = store.root().resolve("bundles", "sha256", model.id().hex());
    Files.createDirectories(bundle.resolve("model"));
    Path outside = Files.writeString(folder.resolve("precious"), "keep");
    Files.createSymbolicLink(bundle.resolve("model", "link"), outside);
    Files.createLink(
        bundle.resolve("model", "model.gguf"), store.blob(Artifacts.layer("weights").digest()));
    store.remove("x", false);
    assertThat(bundle).doesNotExist();
    assertThat(outside).hasContent("keep");
  }

  @Test
  void refusesAModelWithoutItsBlobs() throws Exception {
    Manifest manifest = Artifacts.manifest("weights");
    assertThatThrownBy(() -> store.commit(manifest, Optional.empty()))
        .isInstanceOf(MissingBlobException.class)
        .hasMessageContaining(Artifacts.layer("weights").digest().toString());
    assertThat(store.list()).isEmpty();
  }

  @Test
  void seesWhatAnotherStoreOfTheSameFolderDid() throws Exception {
    ModelStore other = ModelStore.open(store.root());
    Artifacts.add(other, "x", "weights");
    assertThat(store.require("x").tags()).containsExactly("docker.io/ai/x:latest");
    store.remove("x", false);
    assertThat(other.list()).isEmpty();
  }

  @Test
  void refusesAFolderOfOtherThings() throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "precious");
    assertThatThrownBy(() -> ModelStore.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("expected a model store or an empty folder");
    assertThat(folder.resolve("layout.json")).doesNotExist();
  }

  @Test
  void readsBlobsOnlyWithTheirDigest() throws Exception {
    Artifacts.add(store, "x", "weights");
    Digest digest = Artifacts.layer("weights").digest();
    assertThat(store.read(digest, 7)).isEqualTo("weights".getBytes(UTF_8));
    assertThatThrownBy(() -> store.read(digest, 6)).hasMessageContaining("at most 6 bytes, got 7");
    Files.writeString(store.blob(digest), "WEIGHTS");
    assertThatThrownBy(() -> store.read(digest, 7)).hasMessageContaining("fsck --repair");
  }
}
