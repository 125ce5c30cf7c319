package dev.jmr.server.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {
  @Test
  void findsTheLayersOfDockersFirstForm() {
    ModelFiles files =
        files(
            layer("w", MediaTypes.GGUF),
            layer("l1", MediaTypes.LICENSE),
            layer("p", MediaTypes.PROJECTOR),
            layer("l2", MediaTypes.LICENSE),
            layer("t", MediaTypes.CHAT_TEMPLATE));

    assertThat(files.gguf()).containsExactly(blob("w"));
    assertThat(files.projector()).hasValue(blob("p"));
    assertThat(files.chatTemplate()).hasValue(blob("t"));
    assertThat(files.licenses()).containsExactly(blob("l1"), blob("l2"));
  }

  @Test
  void findsTheFilesOfDockersSecondFormByTheirNames() {
    ModelFiles files =
        files(
            layer("readme", MediaTypes.FILE, "README.md"),
            layer("w", MediaTypes.FILE, "sub/model.gguf"),
            layer("p", MediaTypes.FILE, "mmproj-F16.gguf"),
            layer("t", MediaTypes.FILE, "chat_template.jinja"));

    assertThat(files.gguf()).containsExactly(blob("w"));
    assertThat(files.projector()).hasValue(blob("p"));
    assertThat(files.chatTemplate()).hasValue(blob("t"));
  }

  @Test
  void findsTheLayersOfModelPack() {
    ModelFiles files =
        files(
            layer("c", MediaTypes.CNCF_WEIGHT_CONFIG, "chat_template.jinja"),
            layer("w", MediaTypes.CNCF_WEIGHT, "Qwen3-0.6B-Q8_0.gguf"),
            layer("p", MediaTypes.CNCF_GGUF, "Qwen3-mmproj.gguf"),
            layer("l", MediaTypes.CNCF_DOCUMENT, "LICENSE"));

    assertThat(files.gguf()).containsExactly(blob("w"));
    assertThat(files.projector()).hasValue(blob("p"));
    assertThat(files.licenses()).containsExactly(blob("l"));
    assertThat(files(layer("w", MediaTypes.CNCF_GGUF)).gguf()).containsExactly(blob("w"));
  }

  @Test
  void ordersShardsByTheirNamesAndKeepsTheOrderOfTheNameless() {
    assertThat(
            files(
                    layer("2", MediaTypes.GGUF, "m-00002-of-00003.gguf"),
                    layer("3", MediaTypes.GGUF, "m-00003-of-00003.gguf"),
                    layer("1", MediaTypes.GGUF, "m-00001-of-00003.gguf"))
                .gguf())
        .containsExactly(blob("1"), blob("2"), blob("3"));
    assertThat(files(layer("b", MediaTypes.GGUF), layer("a", MediaTypes.GGUF)).gguf())
        .containsExactly(blob("b"), blob("a"));
  }

  @Test
  void refusesFormatsThatCannotRunAndSaysWhatWould() {
    assertThatThrownBy(() -> files(layer("w", MediaTypes.SAFETENSORS)))
        .isInstanceOf(UnsupportedArtifactException.class)
        .hasMessage(
            "model: expected weights in GGUF, got safetensors; look for a GGUF variant of the model");
    assertThatThrownBy(() -> files(layer("w", MediaTypes.FILE, "model-00001-of-00002.safetensors")))
        .isInstanceOf(UnsupportedArtifactException.class)
        .hasMessageContaining("got safetensors");
    assertThatThrownBy(() -> files(layer("w", MediaTypes.DDUF)))
        .hasMessageContaining("got DDUF (diffusers)");
    assertThatThrownBy(() -> files()).hasMessageContaining("got none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../x.gguf", "a/../../x.gguf", "a\\..\\x.gguf"})
  void rejectsPathsThatLeaveTheModel(String path) {
    assertThatThrownBy(() -> files(layer("w", MediaTypes.GGUF, path)))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining("expected a path within the model, got '" + path);
  }

  private static ModelFiles files(Descriptor... layers) {
    Digest config = digest("config");
    Manifest manifest =
        ManifestJson.create(
            Optional.empty(),
            new Descriptor(MediaTypes.CONFIG_V0_1, config, 2),
            Arrays.asList(layers));
    return ModelFiles.of(manifest, digest -> Path.of("blobs", digest.hex()));
  }

  private static Descriptor layer(String content, String mediaType) {
    return new Descriptor(mediaType, digest(content), content.length());
  }

  private static Descriptor layer(String content, String mediaType, String path) {
    return new Descriptor(
        mediaType, digest(content), content.length(), Map.of(Descriptor.FILE_PATH, path));
  }

  private static Path blob(String content) {
    return Path.of("blobs", digest(content).hex());
  }

  private static Digest digest(String content) {
    return Digest.of(content.getBytes(UTF_8));
  }
}
