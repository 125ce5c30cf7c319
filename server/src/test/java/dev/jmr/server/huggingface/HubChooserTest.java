package dev.jmr.server.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.registry.RegistryException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubChooserTest {
  private static final List<HubFile> FILES =
      files(
          "README.md",
          "config.json",
          "Tiny-1.5B-Instruct-Q4_K_M.gguf",
          "Tiny-1.5B-Instruct-Q4_K_S.gguf",
          "Tiny-1.5B-Instruct-Q4_0.gguf",
          "Tiny-1.5B-Instruct-IQ2_XXS.gguf",
          "Tiny-1.5B-Instruct-UD-Q4_K_XL.gguf",
          "Tiny-1.5B-Instruct.Q6_K.gguf",
          "Tiny-1.5B-Instruct-bf16.gguf",
          "Q8_0/Tiny-1.5B-Instruct-Q8_0-00002-of-00002.gguf",
          "Q8_0/Tiny-1.5B-Instruct-Q8_0-00001-of-00002.gguf",
          "MXFP4/model.gguf");

  @ParameterizedTest
  @CsvSource({
    "latest, Tiny-1.5B-Instruct-Q4_K_M.gguf",
    "main, Tiny-1.5B-Instruct-Q4_K_M.gguf",
    "Q4_K_M, Tiny-1.5B-Instruct-Q4_K_M.gguf",
    "q4_k_m, Tiny-1.5B-Instruct-Q4_K_M.gguf",
    "Q4-K.S, Tiny-1.5B-Instruct-Q4_K_S.gguf",
    "Q4_0, Tiny-1.5B-Instruct-Q4_0.gguf",
    "IQ2_XXS, Tiny-1.5B-Instruct-IQ2_XXS.gguf",
    "UD-Q4_K_XL, Tiny-1.5B-Instruct-UD-Q4_K_XL.gguf",
    "Q4_K_XL, Tiny-1.5B-Instruct-UD-Q4_K_XL.gguf",
    "Q6_K, Tiny-1.5B-Instruct.Q6_K.gguf",
    "BF16, Tiny-1.5B-Instruct-bf16.gguf",
    "Tiny-1.5B-Instruct-Q4_0, Tiny-1.5B-Instruct-Q4_0.gguf",
    "mxfp4, MXFP4/model.gguf",
  })
  void choosesTheFileThatATagMeans(String tag, String path) {
    assertThat(HubChooser.choose("org/tiny", FILES, tag).variant().files())
        .extracting(HubFile::path)
        .containsExactly(path);
  }

  @Test
  void choosesAllShardsInOrder() {
    assertThat(HubChooser.choose("org/tiny", FILES, "Q8_0").variant().files())
        .extracting(HubFile::path)
        .containsExactly(
            "Q8_0/Tiny-1.5B-Instruct-Q8_0-00001-of-00002.gguf",
            "Q8_0/Tiny-1.5B-Instruct-Q8_0-00002-of-00002.gguf");
  }

  @Test
  void takesWhatThereIsWithoutATagAndSaysSo() {
    HubSelection only = HubChooser.choose("org/tiny", files("tiny-q5_k_m.gguf"), "latest");
    assertThat(only.note()).isEqualTo("Selected q5_k_m quantization (the only one)");

    HubSelection first =
        HubChooser.choose("org/tiny", files("tiny-Q8_0.gguf", "tiny-F16.gguf"), "latest");
    assertThat(first.variant().label()).isEqualTo("F16");
    assertThat(first.note())
        .isEqualTo(
            "Selected F16 quantization (the first one, as there is no Q4_K_M; there are: F16, Q8_0)");
  }

  @Test
  void listsWhatThereIsWhenATagFitsNothing() {
    for (String tag : List.of("Q3_K_M", "K_M", "Q4_K", "0", "Instruct")) {
      assertThatThrownBy(() -> HubChooser.choose("org/tiny", FILES, tag))
          .isInstanceOf(RegistryException.class)
          .hasMessage(
              "org/tiny: no quantization '%s'; there are: MXFP4, Q8_0, IQ2_XXS, Q4_0, Q4_K_M, Q4_K_S, UD-Q4_K_XL, bf16, Q6_K"
                  .formatted(tag));
    }
  }

  @Test
  void refusesAModelWithAMissingShard() {
    assertThatThrownBy(
            () -> HubChooser.choose("org/tiny", files("t-Q8_0-00001-of-00002.gguf"), "latest"))
        .hasMessage("org/tiny: expected 2 shards of t-Q8_0, got 1");
  }

  @Test
  void refusesRepositoriesWithoutGguf() {
    assertThatThrownBy(
            () -> HubChooser.choose("org/tiny", files("model.safetensors", "README.md"), "latest"))
        .hasMessage(
            "org/tiny: expected a repository with GGUF files, got safetensors; look for a GGUF variant of the model");
    assertThatThrownBy(() -> HubChooser.choose("org/tiny", files("mmproj-F16.gguf"), "latest"))
        .hasMessageContaining("got none");
  }

  @Test
  void prefersTheProjectorInF16BesideTheWeights() {
    List<HubFile> files =
        files(
            "tiny-Q4_K_M.gguf",
            "mmproj-BF16.gguf",
            "mmproj-F16.gguf",
            "mmproj-F32.gguf",
            "other/mmproj-F16.gguf",
            "sub/tiny-Q8_0.gguf",
            "sub/mmproj-F32.gguf");

    assertThat(HubChooser.choose("o/t", files, "Q4_K_M").projector().orElseThrow().path())
        .isEqualTo("mmproj-F16.gguf");
    assertThat(HubChooser.choose("o/t", files, "Q8_0").projector().orElseThrow().path())
        .isEqualTo("sub/mmproj-F32.gguf");
    assertThat(HubChooser.choose("o/t", files("a-Q4_K_M.gguf"), "Q4_K_M").projector()).isEmpty();
  }

  @Test
  void takesTheChatTemplateAndTheLicenses() {
    HubSelection selection =
        HubChooser.choose(
            "o/t",
            files(
                "LICENSE",
                "LICENSE.txt",
                "a.jinja",
                "chat_template.jinja",
                "sub/LICENSE",
                "t-Q4_K_M.gguf",
                "tokenizer_config.json"),
            "latest");

    assertThat(selection.chatTemplate().orElseThrow().path()).isEqualTo("chat_template.jinja");
    assertThat(selection.licenses())
        .extracting(HubFile::path)
        .containsExactly("LICENSE", "LICENSE.txt");
  }

  private static List<HubFile> files(String... paths) {
    return Arrays.stream(paths).map(path -> new HubFile(path, 1, Optional.empty())).toList();
  }
}
