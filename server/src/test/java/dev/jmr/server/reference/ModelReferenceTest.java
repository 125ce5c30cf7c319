package dev.jmr.server.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.artifact.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "gemma3,ai/gemma3:latest",
        "gemma3:v1,ai/gemma3:v1",
        "gemma3:4B-Q4_K_M,ai/gemma3:4B-Q4_K_M",
        "model:,ai/model:latest",
        "MyModel,ai/mymodel:latest",
        "abc123,ai/abc123:latest",
        "myorg/model,myorg/model:latest",
        "MyOrg/Model:V1,myorg/model:V1",
        "registry.example.com/model,registry.example.com/model:latest",
        "registry.example.com:5000/a/b/c:x,registry.example.com:5000/a/b/c:x",
        "hf.co/org/model:Q4_K_M,huggingface.co/org/model:Q4_K_M",
        "hf.co/Org/Model,huggingface.co/org/model:latest",
        "huggingface.co/org/model,huggingface.co/org/model:latest",
        "docker.io/gemma3,ai/gemma3:latest",
        "index.docker.io/ai/gemma3:v1,ai/gemma3:v1",
        "localhost/model,localhost/model:latest",
        "localhost:5000/ai/model:t,localhost:5000/ai/model:t",
        "[::1]:5000/model,[::1]:5000/model:latest",
        "  x  ,ai/x:latest",
      })
  void normalizesAsDockerModelRunnerDoes(String text, String expected) {
    assertThat(ModelReference.parse(text).normalized()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "gemma3, gemma3",
    "ai/gemma3:latest, gemma3",
    "docker.io/ai/gemma3:4B, gemma3:4B",
    "index.docker.io/me/x:latest, me/x",
    "quay.io/ai/x, quay.io/ai/x",
    "hf.co/org/m:Q8_0, huggingface.co/org/m:Q8_0",
  })
  void showsTheShortForm(String text, String expected) {
    assertThat(ModelReference.parse(text).display()).isEqualTo(expected);
    assertThat(ModelReference.parse(expected))
        .as("the short form means the same")
        .isEqualTo(ModelReference.parse(text));
  }

  @Test
  void tellsTheClientOfARegistryWhereAndWhat() {
    ModelReference tagged = ModelReference.parse("gemma3:v1");
    assertThat(tagged.full()).isEqualTo("docker.io/ai/gemma3:v1");
    assertThat(tagged.registryHost()).isEqualTo("registry-1.docker.io");
    assertThat(tagged.repository()).isEqualTo("ai/gemma3");
    assertThat(tagged.version()).isEqualTo("v1");
    assertThat(tagged.plainHttp()).isFalse();

    ModelReference pinned = ModelReference.parse("ghcr.io/me/x:v2@sha256:" + HEX);
    assertThat(pinned.registryHost()).isEqualTo("ghcr.io");
    assertThat(pinned.tag()).contains("v2");
    assertThat(pinned.digest()).contains(new Digest(HEX));
    assertThat(pinned.version()).isEqualTo("sha256:" + HEX);
    assertThat(ModelReference.parse("x@sha256:" + HEX).tag()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost/x, true",
    "localhost:5000/x, true",
    "box.local/x, true",
    "127.0.0.1:5000/x, true",
    "[::1]:80/x, true",
    "mylocalhost.com/x, false",
    "localhost.evil.com/x, false",
    "127.0.0.1.evil.com/x, false",
    "x, false",
  })
  void speaksPlainHttpToThisMachineOnly(String text, boolean plain) {
    assertThat(ModelReference.parse(text).plainHttp()).isEqualTo(plain);
  }

  @Test
  void takesTheDefaultRegistryWhereTheNameHasNone() {
    assertThat(ModelReference.parse("x", "r.example.com").full())
        .isEqualTo("r.example.com/ai/x:latest");
    assertThat(ModelReference.parse("me/x", "r.example.com").full())
        .isEqualTo("r.example.com/me/x:latest");
    assertThat(ModelReference.parse("docker.io/x", "r.example.com").full())
        .isEqualTo("docker.io/ai/x:latest");
    assertThat(ModelReference.parse("hf.co/o/x", "r.example.com").huggingFace()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "../x",
        "a/../b",
        "a//b",
        "/a",
        "a/",
        "a\\b",
        "a b",
        "a\u0000b",
        "a\nb",
        "é",
        "-a",
        "a-",
        "a..b",
        "a___b",
        "a:t t",
        "a:-t",
        "a:t/../..",
        "a@sha256:00",
        "a@md5:d41d8cd98f00b204e9800998ecf8427e",
        "a@sha256:0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
        "r.example.com:99999/a",
        "r.example.com:80:80/a",
        "-r.example.com/a",
        "r..example.com/a",
        "user@r.example.com/a",
        "[::1/a",
        "[evil]/a",
        "https://huggingface.co/org/model",
      })
  void rejectsWhatIsNoName(String text) {
    assertThatThrownBy(() -> ModelReference.parse(text))
        .isInstanceOf(ReferenceException.class)
        .hasMessageStartingWith("model ");
  }

  @Test
  void rejectsWhatIsTooLong() {
    assertThat(ModelReference.parse("a".repeat(240)).repository()).hasSize(243);
    assertThatThrownBy(() -> ModelReference.parse("a".repeat(256)))
        .hasMessageContaining("at most 255 characters");
    assertThat(ModelReference.parse("a:" + "t".repeat(128)).version()).hasSize(128);
    assertThatThrownBy(() -> ModelReference.parse("a:" + "t".repeat(129)))
        .hasMessageContaining("up to 128");
    assertThatThrownBy(() -> ModelReference.parse("a".repeat(1 << 20)))
        .hasMessage("model name: expected 1 to 512 characters, got 1048576");
    assertThatThrownBy(() -> ModelReference.parse("sha256:" + HEX))
        .hasMessageContaining("got the id");
  }

  @Test
  void suggestsNamesThatAreNear() {
    List<String> known = List.of("gemma3", "qwen3:0.6B", "smollm2", "hf.co/org/other");
    assertThat(NearestNames.suggest("gema3", known)).containsExactly("gemma3");
    assertThat(NearestNames.suggest("QWEN3", known)).containsExactly("qwen3:0.6B");
    assertThat(NearestNames.suggest("mistral-large", known)).isEmpty();
    List<String> far = List.of("registry.example.com/me/tiny:v1");
    assertThat(NearestNames.suggest("registry.example.com/me/big", far)).isEmpty();
    assertThat(NearestNames.suggest("registry.example.com/me/tinyy:v1", far)).isEqualTo(far);
    assertThat(NearestNames.suggest("registry.exampl.com/me/tiny:v1", far)).isEqualTo(far);
  }
}
