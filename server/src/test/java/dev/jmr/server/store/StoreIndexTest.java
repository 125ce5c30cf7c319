package dev.jmr.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.reference.ModelReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreIndexTest {
  @TempDir Path folder;
  private ModelStore store;

  @BeforeEach
  void open() {
    store = ModelStore.open(folder);
  }

  private void index(String json) throws Exception {
    Files.writeString(folder.resolve("models.json"), json);
  }

  /// A store as Docker Model Runner leaves it: read with its bundle, and changed without losing what we do not know.
  @Test
  void sharesAStoreWithDockerModelRunner() throws Exception {
    Path root = folder.resolve(".dmr");
    Path fixture = Path.of("src", "test", "resources", "dmr-store");
    try (Stream<Path> files = Files.walk(fixture)) {
      for (Path file : files.toList()) {
        Files.copy(file, root.resolve(fixture.relativize(file).toString()));
      }
    }
    ModelStore shared = ModelStore.open(root);
    StoredModel model = shared.require("smollm2");
    assertThat(model.tags())
        .containsExactly("docker.io/ai/smollm2:latest", "huggingface.co/org/smollm2:Q4_K_M");
    assertThat(shared.manifest(model).layers()).hasSize(2);
    assertThat(shared.complete(shared.manifest(model))).isTrue();
    assertThat(shared.blob(model.files().getFirst())).hasContent("these are weights");
    assertThat(shared.upkeep().fsck(false, _ -> {})).isEmpty();
    assertThat(shared.list()).hasSize(2);

    shared.tag("smollm2", ModelReference.parse("mine"));
    assertThat(root.resolve("models.json"))
        .content()
        .contains("\"later\": {", "\"note\": \"kept\"");
    shared.remove(model.id().toString(), true);
    assertThat(shared.list().stream().map(StoredModel::tags).toList())
        .isEqualTo(List.of(List.of()));
    assertThat(root.resolve("bundles", "sha256", model.id().hex())).doesNotExist();
    assertThat(shared.upkeep().fsck(false, _ -> {})).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{\"models\":[",
        "{\"models\":{}}",
        "{\"models\":\"x\"}",
        "\u0000\u0000\u0000",
      })
  void refusesWhatIsNoIndexAndKeepsIt(String json) throws Exception {
    index(json);
    assertThatThrownBy(() -> store.list())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("models.json: expected")
        .hasMessageEndingWith("mend it with jmr fsck --repair");
    assertThatThrownBy(() -> store.remove("x", true)).isInstanceOf(StoreException.class);
    assertThat(folder.resolve("models.json")).hasContent(json);
    assertThat(ModelStore.open(folder)).as("can be opened to be mended").isNotNull();
  }

  @Test
  void refusesNestingWithoutEnd() throws Exception {
    index("{\"models\":" + "[".repeat(100_000));
    assertThatThrownBy(() -> store.list()).isInstanceOf(StoreException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"models\":null}",
        "{\"models\":[]}",
        "{\"models\":[null,7,\"x\",[],{}]}",
        "{\"models\":[{\"id\":\"../../etc\"},{\"id\":7},{\"id\":\"sha256:00\"}]}",
      })
  void takesWhatIsNoModelForNone(String json) throws Exception {
    index(json);
    assertThat(store.list()).isEmpty();
    Artifacts.add(store, "x", "one");
    assertThat(store.list()).hasSize(1);
  }

  @Test
  void ignoresTagsAndFilesThatAreNone() throws Exception {
    StoredModel model = Artifacts.add(store, "x", "one");
    index(
        """
        {"models":[{"id":"%s","tags":null,"files":["sha256:../../layout.json",7,"%s"]},
          {"id":"%s","tags":["../..","docker.io/ai/x:latest",{}],"files":null}]}\
        """
            .formatted(model.id(), model.files().getFirst(), Artifacts.manifest("other").digest()));
    assertThat(store.list().stream().map(StoredModel::tags).toList())
        .isEqualTo(List.of(List.of(), List.of("../..", "docker.io/ai/x:latest")));
    assertThat(store.require(model.id().shortHex()).files())
        .containsExactly(model.files().getFirst());
    store.remove(model.id().toString(), false);
    assertThat(folder.resolve("layout.json")).exists();
    assertThat(store.require("../..").displayTags()).containsExactly("../..", "x");
  }

  @Test
  void takesABlobThatABrokenEntryListsForUsed() throws Exception {
    StoredModel model = Artifacts.add(store, "x", "one");
    index(
        """
        {"models":[{"id":"%s","tags":[],"files":["%s"]},{"id":7,"files":["%s"]}]}\
        """
            .formatted(model.id(), model.files().getFirst(), model.files().getFirst()));
    store.remove(model.id().toString(), false);
    assertThat(store.hasBlob(Artifacts.layer("one"))).isTrue();
  }

  @Test
  void doesNotFollowALinkInPlaceOfTheIndex() throws Exception {
    Path outside = Files.writeString(folder.resolve(".outside"), "{\"models\":[]}");
    Files.createSymbolicLink(folder.resolve("models.json"), outside);
    assertThatThrownBy(() -> store.list()).isInstanceOf(StoreException.class);
  }

  @Test
  void doesNotOpenAStoreWhoseFoldersAreLinks() throws Exception {
    Path other = Files.createDirectories(folder.resolve(".other"));
    Path root = Files.createDirectories(folder.resolve(".root"));
    Files.createSymbolicLink(root.resolve("blobs"), other);
    assertThatThrownBy(() -> ModelStore.open(root)).hasMessageContaining("expected a folder at");
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void refusesALayoutOfTheFuture() throws Exception {
    Files.writeString(folder.resolve("layout.json"), "{\"version\":\"2.0.0\"}");
    assertThatThrownBy(() -> ModelStore.open(folder))
        .hasMessageContaining("expected layout version 1.0.0, got '2.0.0'");
  }

  @Test
  void refusesAManifestOfAnotherDigest() throws Exception {
    StoredModel model = Artifacts.add(store, "x", "one");
    Path file = folder.resolve("manifests", "sha256", model.id().hex());
    Files.write(file, Artifacts.manifest("two").bytes());
    assertThatThrownBy(() -> store.manifest(model)).hasMessageContaining("expected its digest");
    Files.write(file, "garbage".getBytes(UTF_8));
    assertThatThrownBy(() -> store.manifest(model)).hasMessageContaining("manifest: expected JSON");
    Files.delete(file);
    assertThatThrownBy(() -> store.manifest(model)).hasMessageContaining("is missing");
  }

  @Test
  void findsAModelByTheEndOfItsName() throws Exception {
    Artifacts.add(store, "quay.io/me/x:v1", "one");
    assertThat(store.find("x:v1")).isEmpty();
    assertThat(store.findByLastComponent("x:v1")).isPresent();
    assertThat(store.findByLastComponent("x")).isEmpty();
    Digest unknown = Artifacts.manifest("unknown").digest();
    assertThat(store.findByLastComponent(unknown.toString())).isEmpty();
  }

  @Test
  void readsTheEnvironment() {
    Path home = Path.of("home");
    assertThat(StoreOptions.from(Map.of(), home))
        .isEqualTo(new StoreOptions(home.resolve(".docker/models"), "docker.io"));
    assertThat(
            StoreOptions.from(
                Map.of("MODELS_PATH", " \"/models\" ", "DEFAULT_REGISTRY", "r.example.com"), home))
        .isEqualTo(new StoreOptions(Path.of("/models"), "r.example.com"));
    ModelStore mirrored = ModelStore.open(new StoreOptions(folder, "r.example.com"));
    assertThat(mirrored.reference("x").full()).isEqualTo("r.example.com/ai/x:latest");
  }
}
