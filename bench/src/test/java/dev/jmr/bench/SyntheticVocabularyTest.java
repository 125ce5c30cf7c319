package dev.jmr.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.GgufMetadata;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.TokenType;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.model.tokenizer.Tokenizers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SyntheticVocabularyTest {
  private static Tokenizer tokenizer(int size) {
    return Tokenizers.of(GgufMetadata.of(new SyntheticVocabulary(size).metadata()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 49_152, 128_256})
  void everyWordEncodesToItsOwnToken(int size) {
    Tokenizer tokenizer = tokenizer(size);
    assertThat(tokenizer.vocabularySize()).isEqualTo(size);
    for (int id = 256; id < size; id += 1 + size / 5000) {
      if (tokenizer.type(id) == TokenType.NORMAL) {
        String text = tokenizer.decode(id);
        assertThat(tokenizer.encode(text, EncodeOptions.TEXT)).as(text).containsExactly(id);
      }
    }
  }

  @Test
  void anyTextSurvivesEncodingAndDecoding() {
    Tokenizer tokenizer = tokenizer(1024);
    String text = "Hello, wörld! 今日は 🚀\n\tbake bakedo 42";
    assertThat(tokenizer.decode(tokenizer.encode(text, EncodeOptions.TEXT))).isEqualTo(text);
  }

  @Test
  void aPromptBeginsWithBosAndEndOfTextEndsGeneration() {
    Tokenizer tokenizer = tokenizer(1024);
    assertThat(tokenizer.encode("", EncodeOptions.PROMPT)).containsExactly(1024 - 16);
    int end = tokenizer.idOf("<|end_of_text|>").orElseThrow();
    assertThat(tokenizer.specialTokens().isEndOfGeneration(end)).isTrue();
  }

  @Test
  void refusesSizesThatCannotBeFilled() {
    assertThatThrownBy(() -> new SyntheticVocabulary(100))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("vocabulary");
  }
}
