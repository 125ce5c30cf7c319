package dev.jmr.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real vocabularies must give the ids that llama.cpp recorded, and give the text back.
class RealVocabularyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-bge",
        "command-r",
        "deepseek-coder",
        "deepseek-llm",
        "falcon",
        "gemma-4",
        "gpt-2",
        "llama-bpe",
        "llama-spm",
        "phi-3",
        "qwen2",
        "qwen35",
        "refact",
        "starcoder"
      })
  void encodesAsRecordedAndDecodesToTheText(String vocabulary) {
    String name = "ggml-vocab-" + vocabulary;
    Tokenizer tokenizer = TokenizerFixtures.open(name);
    List<TokenizerFixtures.Case> cases = TokenizerFixtures.cases(name);
    assertThat(cases).hasSizeGreaterThan(40);
    for (TokenizerFixtures.Case expected : cases) {
      int[] ids = tokenizer.encode(expected.text(), EncodeOptions.TEXT);
      assertThat(Arrays.stream(ids).boxed().toList())
          .as("ids of '%s'", expected.text())
          .containsExactlyElementsOf(expected.ids());
      if (!vocabulary.startsWith("bert")) {
        assertThat(tokenizer.decode(ids)).as("text of %s", ids).isEqualTo(expected.text());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "nomic-bert-moe")
  void refusesFamiliesThatWeDoNotHave(String vocabulary) {
    TokenizerFixtures.require("ggml-vocab-" + vocabulary + ".gguf");
    assertThatThrownBy(() -> TokenizerFixtures.open("ggml-vocab-" + vocabulary))
        .isInstanceOf(UnsupportedTokenizerException.class)
        .hasMessage(
            "tokenizer.ggml.model: tokenizer 't5' is not supported;"
                + " supported: llama, gpt2, gemma4, bert");
  }
}
