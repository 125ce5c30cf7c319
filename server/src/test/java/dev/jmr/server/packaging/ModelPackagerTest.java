package dev.jmr.server.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufException;
import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.ConfigForm;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.MediaTypes;
import dev.jmr.server.artifact.ModelConfig;
import dev.jmr.server.artifact.ModelConfigJson;
import dev.jmr.server.artifact.ModelConfigReader;
import dev.jmr.server.artifact.ModelFiles;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPackagerTest {
  private static final Optional<ModelReference> NO_NAME = Optional.empty();

  @TempDir private Path directory;

  @Test
  void packsAFileUnderAName() throws Exception {
    Path file = TinyModel.write(directory.resolve("tiny.gguf"), "tiny");

    StoredModel model =
        packager()
            .pack(file, PackageOptions.NONE, Optional.of(ModelReference.parse("me/tiny:Q4_K_M")));

    assertThat(model.tags()).containsExactly("docker.io/me/tiny:Q4_K_M");
    Manifest manifest = store().manifest(model);
    assertThat(manifest.config().mediaType()).isEqualTo(MediaTypes.CONFIG_V0_1);
    assertThat(manifest.layers())
        .singleElement()
        .satisfies(layer -> {
          assertThat(layer.mediaType()).isEqualTo(MediaTypes.GGUF);
          assertThat(layer.annotations()).containsEntry(Descriptor.FILE_PATH, "tiny.gguf");
        });
    ModelConfig config = config(manifest);
    assertThat(config.architecture()).isEqualTo("llama");
    assertThat(config.quantization()).isEqualTo("Q4_K_M");
    assertThat(config.parameters()).isEqualTo("2.05K");
    assertThat(config.contextSize()).isEmpty();
    assertThat(config.created()).hasValue(TinyModel.MODIFIED);
    assertThat(config.diffIds()).containsExactly(manifest.layers().getFirst().digest());
    assertThat(store().blob(manifest.layers().getFirst().digest())).hasSameBinaryContentAs(file);
  }

  @Test
  void packsAllShardsGivenAny() throws Exception {
    List<Path> shards = TinyModel.writeShards(directory, "big");
    assertThat(shards).hasSize(2);

    AtomicLong read = new AtomicLong();

    StoredModel model =
        new ModelPackager(store(), read::addAndGet)
            .pack(shards.getLast(), PackageOptions.NONE, NO_NAME);

    Manifest manifest = store().manifest(model);
    List<Path> files = ModelFiles.of(manifest, store()::blob).gguf();
    assertThat(files).hasSize(2);
    assertThat(read.get())
        .as("each once for its digest, once to be copied")
        .isEqualTo(2 * manifest.layers().stream().mapToLong(Descriptor::size).sum());
    try (Gguf gguf = Gguf.open(files)) {
      assertThat(gguf.tensors()).hasSize(2);
    }
    assertThat(config(manifest).parameters()).isEqualTo("2.05K");
  }

  @Test
  void givesTheSameIdForTheSameInputs() throws Exception {
    Path file = TinyModel.write(directory.resolve("tiny.gguf"), "tiny");
    PackageOptions options = everything(ConfigForm.DOCKER_V0_1);

    StoredModel first = packager().pack(file, options, NO_NAME);
    ModelStore other = ModelStore.open(directory.resolve("other"));
    StoredModel second = new ModelPackager(other).pack(file, options, NO_NAME);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.files()).isEqualTo(first.files());
  }

  @Test
  void packsEverythingInBothForms() throws Exception {
    Path file = TinyModel.write(directory.resolve("tiny.gguf"), "tiny");

    for (ConfigForm form : List.of(ConfigForm.DOCKER_V0_1, ConfigForm.CNCF)) {
      Manifest manifest = store().manifest(packager().pack(file, everything(form), NO_NAME));

      assertThat(manifest.config().mediaType()).isEqualTo(form.mediaType());
      assertThat(manifest.artifactType()).isEqualTo(form.artifactType());
      ModelFiles files = ModelFiles.of(manifest, store()::blob);
      assertThat(files.gguf()).hasSize(1);
      assertThat(files.projector()).isPresent();
      assertThat(files.chatTemplate().orElseThrow()).hasContent("{{ messages }}");
      assertThat(files.licenses()).hasSize(2);
      ModelConfig config = config(manifest);
      assertThat(config.contextSize()).hasValue(4096);
      assertThat(config.defaultParameters()).containsEntry("temperature", "0.6");
      assertThat(config.created()).hasValue(Instant.ofEpochSecond(1_700_000_000));
    }
  }

  @Test
  void repacksWithAnotherContextSizeAndTheSameLayers() throws Exception {
    StoredModel source =
        packager()
            .pack(
                TinyModel.write(directory.resolve("tiny.gguf"), "tiny"),
                everything(ConfigForm.DOCKER_V0_1),
                NO_NAME);

    StoredModel model =
        packager()
            .repack(
                source,
                PackageOptions.ofContextSize(512),
                Optional.of(ModelReference.parse("short")));

    assertThat(model.id()).isNotEqualTo(source.id());
    assertThat(store().manifest(model).layers()).isEqualTo(store().manifest(source).layers());
    ModelConfig config = config(store().manifest(model));
    assertThat(config.contextSize()).hasValue(512);
    assertThat(config)
        .usingRecursiveComparison()
        .ignoringFields("contextSize")
        .isEqualTo(config(store().manifest(source)));
  }

  @Test
  void convertsBetweenTheFormsAndBack() throws Exception {
    StoredModel docker =
        packager()
            .pack(
                TinyModel.write(directory.resolve("tiny.gguf"), "tiny"),
                everything(ConfigForm.DOCKER_V0_1),
                NO_NAME);

    StoredModel cncf = packager().repack(docker, inForm(ConfigForm.CNCF), NO_NAME);
    StoredModel again = packager().repack(cncf, inForm(ConfigForm.DOCKER_V0_1), NO_NAME);

    assertThat(ModelFiles.of(store().manifest(cncf), store()::blob))
        .isEqualTo(ModelFiles.of(store().manifest(docker), store()::blob))
        .isEqualTo(ModelFiles.of(store().manifest(again), store()::blob));
    assertThat(config(store().manifest(again))).isEqualTo(config(store().manifest(docker)));
  }

  @Test
  void replacesTheTemplateAndAddsLicenses() throws Exception {
    StoredModel source =
        packager()
            .pack(
                TinyModel.write(directory.resolve("tiny.gguf"), "tiny"),
                everything(ConfigForm.DOCKER_V0_1),
                NO_NAME);
    PackageOptions options =
        new PackageOptions(
            List.of(text("LICENSE.third", "third")),
            Optional.of(text("other.jinja", "other")),
            Optional.empty(),
            OptionalInt.empty(),
            Map.of("top_k", "20"),
            Optional.empty(),
            Optional.empty());

    Manifest manifest = store().manifest(packager().repack(source, options, NO_NAME));

    ModelFiles files = ModelFiles.of(manifest, store()::blob);
    assertThat(files.chatTemplate().orElseThrow()).hasContent("other");
    assertThat(files.licenses()).hasSize(3);
    assertThat(config(manifest).defaultParameters())
        .containsOnly(Map.entry("temperature", "0.6"), Map.entry("top_k", "20"));
  }

  @Test
  void saysWhichFileDoesNotFit() throws Exception {
    Path file = TinyModel.write(directory.resolve("tiny.gguf"), "tiny");
    Path empty = Files.createFile(directory.resolve("empty.jinja"));

    assertThatThrownBy(
            () -> packager().pack(text("x.gguf", "no model"), PackageOptions.NONE, NO_NAME))
        .isInstanceOf(GgufException.class);
    assertThatThrownBy(() -> packager().pack(file, withTemplate(empty), NO_NAME))
        .isInstanceOf(ArtifactException.class)
        .hasMessageEndingWith("empty.jinja: expected a file with content, got an empty one");
    assertThatThrownBy(() -> packager().pack(file, withTemplate(directory), NO_NAME))
        .hasMessageEndingWith("expected a file, got something else");
    assertThatThrownBy(() -> packager().pack(file, withTemplate(directory.resolve("no")), NO_NAME))
        .hasMessageEndingWith("expected a file, got nothing there");
    assertThat(store().list()).isEmpty();
  }

  @Test
  void readsTheTimeOfReproducibleBuilds() {
    assertThat(PackageOptions.sourceDate(Map.of())).isEmpty();
    assertThat(PackageOptions.sourceDate(Map.of("SOURCE_DATE_EPOCH", "1700000000")))
        .hasValue(Instant.ofEpochSecond(1_700_000_000));
    assertThatThrownBy(() -> PackageOptions.sourceDate(Map.of("SOURCE_DATE_EPOCH", "today")))
        .hasMessage("SOURCE_DATE_EPOCH: expected seconds since 1970, got 'today'");
  }

  private ModelStore store() {
    return ModelStore.open(directory.resolve("store"));
  }

  private ModelPackager packager() {
    return new ModelPackager(store());
  }

  private PackageOptions everything(ConfigForm form) throws IOException {
    return new PackageOptions(
        List.of(text("LICENSE", "first"), text("terms.txt", "second")),
        Optional.of(text("chat.jinja", "{{ messages }}")),
        Optional.of(TinyModel.write(directory.resolve("vision.gguf"), "vision")),
        OptionalInt.of(4096),
        Map.of("temperature", "0.6"),
        Optional.of(form),
        Optional.of(Instant.ofEpochSecond(1_700_000_000)));
  }

  private static PackageOptions inForm(ConfigForm form) {
    return new PackageOptions(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Map.of(),
        Optional.of(form),
        Optional.empty());
  }

  private static PackageOptions withTemplate(Path template) {
    return new PackageOptions(
        List.of(),
        Optional.of(template),
        Optional.empty(),
        OptionalInt.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  private Path text(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private ModelConfig config(Manifest manifest) {
    return ModelConfigReader.read(
        manifest, store().read(manifest.config().digest(), ModelConfigJson.MAX_BYTES));
  }
}
