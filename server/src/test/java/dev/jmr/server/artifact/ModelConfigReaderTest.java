package dev.jmr.server.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigReaderTest {
  private static final Digest LAYER = Digest.of("layer".getBytes(UTF_8));
  private static final ModelConfig CONFIG =
      new ModelConfig(
          "gguf",
          "Q4_K_M",
          "361.82M",
          "llama",
          "256.35MiB",
          Map.of("general.name", "Smol \"2\""),
          OptionalInt.of(8192),
          Optional.of(Instant.parse("2026-07-01T10:00:00Z")),
          List.of(LAYER),
          Map.of("temperature", "0.6"));

  @ParameterizedTest
  @EnumSource(names = {"DOCKER_V0_1", "DOCKER_V0_2"})
  void readsWhatItWroteForDocker(ConfigForm form) {
    assertThat(readAgain(CONFIG, form)).isEqualTo(CONFIG);
  }

  @Test
  void readsWhatItWroteForModelPackExceptTheMetadata() {
    ModelConfig again = readAgain(CONFIG, ConfigForm.CNCF);

    assertThat(again.metadata()).isEmpty();
    assertThat(again.size()).as("of the layer, as the form has none").isEqualTo("1.50KiB");
    assertThat(again.contextSize()).hasValue(8192);
    assertThat(again.defaultParameters()).containsEntry("temperature", "0.6");
    assertThat(again)
        .usingRecursiveComparison()
        .ignoringFields("metadata", "size")
        .isEqualTo(CONFIG);
  }

  @Test
  void writesTheFormsThatOthersRead() {
    assertThat(new String(ModelConfigJson.write(CONFIG, ConfigForm.DOCKER_V0_1), UTF_8))
        .isEqualTo(
            """
            {"config":{"format":"gguf","quantization":"Q4_K_M","parameters":"361.82M","architecture":"llama",\
            "size":"256.35MiB","gguf":{"general.name":"Smol \\"2\\""},"context_size":8192},\
            "descriptor":{"created":"2026-07-01T10:00:00Z"},\
            "rootfs":{"type":"rootfs","diff_ids":["%s"]}}\
            """
                .formatted(LAYER));
    assertThat(new String(ModelConfigJson.write(CONFIG, ConfigForm.CNCF), UTF_8))
        .isEqualTo(
            """
            {"descriptor":{"createdAt":"2026-07-01T10:00:00Z","family":"llama"},\
            "modelfs":{"type":"layers","diffIds":["%s"]},\
            "config":{"architecture":"llama","format":"gguf","paramSize":"361.82M","quantization":"Q4_K_M"}}\
            """
                .formatted(LAYER));
  }

  @Test
  void readsModelPackByItsContentUnderAnotherMediaType() {
    ModelConfig config =
        read(
            MediaTypes.CONFIG_V0_1,
            """
            {"descriptor":{"createdAt":"2026-07-01T12:00:00+02:00"},"config":{"paramSize":"8b","format":"gguf"}}\
            """);

    assertThat(config.parameters()).isEqualTo("8b");
    assertThat(config.created()).hasValue(Instant.parse("2026-07-01T10:00:00Z"));
  }

  @Test
  void keepsTheHeaderOfOtherFormats() {
    ModelConfig config =
        read(
            MediaTypes.CONFIG_V0_2,
            """
            {"config":{"format":"safetensors","safetensors":{"tensors":291},"gguf":{}}}\
            """);

    assertThat(config.metadata()).containsExactly(Map.entry("tensors", "291"));
    assertThat(ModelConfigJson.fields(config)).containsKey("safetensors").doesNotContainKey("gguf");
  }

  @Test
  void treatsTheZeroTimeOfGoAsUnknown() {
    assertThat(
            read(MediaTypes.CONFIG_V0_1, "{\"descriptor\":{\"created\":\"0001-01-01T00:00:00Z\"}}")
                .created())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"config\":{\"context_size\":0}}",
        "{\"config\":{\"context_size\":4294967296}}",
        "{\"config\":{\"context_size\":\"many\"}}",
        "{\"rootfs\":{\"diff_ids\":[\"sha256:../../x\"]}}",
      })
  void rejectsWhatIsNoConfiguration(String text) {
    assertThatThrownBy(() -> read(MediaTypes.CONFIG_V0_1, text))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void rejectsOtherBytesThanTheManifestNames() {
    Manifest manifest = manifest(MediaTypes.CONFIG_V0_1, "{}".getBytes(UTF_8), Map.of());
    assertThatThrownBy(() -> ModelConfigReader.read(manifest, "{ }".getBytes(UTF_8)))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining("got bytes of sha256:");
  }

  @Test
  void namesWhatItWouldReadWhenAnArtifactIsNoModel() {
    assertThatThrownBy(() -> read("application/vnd.oci.image.config.v1+json", "{}"))
        .isInstanceOf(UnsupportedArtifactException.class)
        .hasMessage(
            "artifact: expected the configuration of a model (Docker model v0.1 or v0.2, CNCF ModelPack),"
                + " got application/vnd.oci.image.config.v1+json");
  }

  private static ModelConfig readAgain(ModelConfig config, ConfigForm form) {
    byte[] bytes = ModelConfigJson.write(config, form);
    Map<String, String> annotations = ModelConfigJson.annotations(config, form);
    return ModelConfigReader.read(manifest(form.mediaType(), bytes, annotations), bytes);
  }

  private static ModelConfig read(String mediaType, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ModelConfigReader.read(manifest(mediaType, bytes, Map.of()), bytes);
  }

  private static Manifest manifest(
      String mediaType, byte[] config, Map<String, String> annotations) {
    return ManifestJson.create(
        Optional.empty(),
        new Descriptor(mediaType, Digest.of(config), config.length, annotations),
        List.of(new Descriptor(MediaTypes.GGUF, LAYER, 1536)));
  }
}
