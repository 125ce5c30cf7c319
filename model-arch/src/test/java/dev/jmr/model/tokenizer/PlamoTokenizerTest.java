package dev.jmr.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlamoTokenizerTest {
  private static final EncodeOptions TEXT = EncodeOptions.TEXT;

  private static Tokenizer tokenizer() {
    return new TestVocabulary("plamo2")
        .add(TokenType.UNKNOWN, 0, "<|plamo:unk|>")
        .add(TokenType.CONTROL, 0, "<|plamo:bos|>", "<|plamo:eos|>", "<|plamo:pad|>")
        .add(-3, "a", "b", "c")
        .add(-5, "ab")
        .add(-4, "bc")
        .add(-6, "aa")
        .addByteTokens()
        .tokenizer();
  }

  @Test
  void takesTheHighestSumOfScores() {
    assertThat(TestVocabulary.pieces(tokenizer(), "abc")).containsExactly("a", "bc");
    assertThat(TestVocabulary.pieces(tokenizer(), "ab")).containsExactly("ab");
  }

  @Test
  void takesTheLongerTokenFirstOfEqualSums() {
    assertThat(TestVocabulary.pieces(tokenizer(), "aa")).containsExactly("aa");
    assertThat(TestVocabulary.pieces(tokenizer(), "aaa")).containsExactly("aa", "a");
  }

  @Test
  void writesWhatNoTokenHasInBytes() {
    Tokenizer tokenizer = tokenizer();
    assertThat(TestVocabulary.pieces(tokenizer, "aéx"))
        .containsExactly("a", "<0xC3>", "<0xA9>", "<0x78>");
    assertThat(tokenizer.decode(tokenizer.encode("aé😀 x", TEXT))).isEqualTo("aé😀 x");
  }

  @Test
  void dropsAByteOrderMark() {
    assertThat(TestVocabulary.pieces(tokenizer(), "\uFEFFab")).containsExactly("ab");
    assertThat(tokenizer().encode("\uFEFF", TEXT)).isEmpty();
  }

  @Test
  void rejectsAVocabularyWithoutByteTokens() {
    TestVocabulary vocabulary = new TestVocabulary("plamo2").add(-1, "a");
    assertThatThrownBy(vocabulary::tokenizer)
        .isInstanceOf(TokenizerException.class)
        .hasMessage(
            "tokenizer.ggml.tokens: expected the tokens <0x00> to <0xFF>, got not all of them");
  }
}
