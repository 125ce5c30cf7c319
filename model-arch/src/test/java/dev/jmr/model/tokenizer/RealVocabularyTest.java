package dev.jmr.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  /// Without recorded ids: XLM-RoBERTa's vocabulary, of which these ids are well known.
  @Test
  void encodesUnigramWithAnExistingCharsmap() {
    Tokenizer tokenizer = TokenizerFixtures.open("ggml-vocab-nomic-bert-moe");
    int[] ids = tokenizer.encode("  Ｈｅｌｌｏ\tworld  ", new EncodeOptions(true, false));
    assertThat(ids).containsExactly(0, 35378, 8999, 2);
    assertThat(tokenizer.decode(ids)).isEqualTo("Hello world");
  }
}
