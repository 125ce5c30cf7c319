package dev.jmr.server.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestJsonTest {
  private static final Digest CONFIG = Digest.of("config".getBytes(UTF_8));
  private static final Digest LAYER = Digest.of("layer".getBytes(UTF_8));

  @Test
  void readsWhatItWrote() {
    Manifest manifest =
        ManifestJson.create(
            Optional.of(MediaTypes.CNCF_ARTIFACT),
            new Descriptor(MediaTypes.CONFIG_V0_1, CONFIG, 6),
            List.of(
                new Descriptor(
                    MediaTypes.GGUF, LAYER, 5, Map.of(Descriptor.FILE_PATH, "model.gguf"))));

    Manifest again = ManifestJson.read(manifest.bytes());

    assertThat(again)
        .usingRecursiveComparison()
        .as("the same parts and the same bytes")
        .isEqualTo(manifest);
    assertThat(again.digest()).isEqualTo(Digest.of(manifest.bytes()));
    assertThat(again.layers().getFirst().annotations())
        .containsEntry(Descriptor.FILE_PATH, "model.gguf");
  }

  @Test
  void keepsTheBytesOfOthersAsTheyAre() {
    byte[] bytes =
        """
        { "layers" : [],
          "config": {"size":6,"digest":"%s","mediaType":"x/y","data":"e30="}, "schemaVersion":2, "unknown": {} }
        """
            .formatted(CONFIG)
            .getBytes(UTF_8);

    Manifest manifest = ManifestJson.read(bytes);

    assertThat(manifest.bytes()).isEqualTo(bytes);
    assertThat(manifest.digest()).isEqualTo(Digest.of(bytes));
    assertThat(manifest.layers()).isEmpty();
  }

  @Test
  void rejectsDigestsThatCouldLeaveTheStore() {
    for (String digest :
        List.of(
            "sha256:../../etc/passwd", "sha256:" + "A".repeat(64), "sha512:" + "a".repeat(64))) {
      byte[] bytes =
          """
          {"schemaVersion":2,"config":{"mediaType":"x/y","size":1,"digest":"%s"},"layers":[]}\
          """
              .formatted(digest)
              .getBytes(UTF_8);
      assertThatThrownBy(() -> ManifestJson.read(bytes))
          .isInstanceOf(ArtifactException.class)
          .hasMessageContaining("expected sha256: and 64 lower-case hexadecimal digits");
    }
  }

  @Test
  void rejectsWhatIsNoManifest() {
    for (String text :
        List.of(
            "",
            "[]",
            "{",
            "{}",
            "{\"schemaVersion\":1}",
            "{\"schemaVersion\":2,\"layers\":[]}",
            "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x/y\",\"size\":-1,\"digest\":\"%s\"},\"layers\":[]}"
                .formatted(CONFIG),
            "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x/y\",\"size\":1.5,\"digest\":\"%s\"},\"layers\":[]}"
                .formatted(CONFIG),
            "\0\0\0\u0001\0\0\0",
            "[".repeat(100_000))) {
      assertThatThrownBy(() -> ManifestJson.read(text.getBytes(UTF_8)))
          .as(text.substring(0, Math.min(40, text.length())))
          .isInstanceOf(ArtifactException.class);
    }
  }
}
