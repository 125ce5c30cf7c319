package dev.jmr.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RwkvTokenizerTest {

  private static Tokenizer tokenizer() {
    return new TestVocabulary("rwkv")
        .add(TokenType.CONTROL, 0, "<s>")
        .add(0, "a", "b", "ab", "abcd", "\\n", "\\n\\n", "\\xf0\\x9f", "\\\\", "\\'")
        .tokenizer();
  }

  @Test
  void takesTheLongestTokenFromTheLeft() {
    assertThat(tokenizer().encode("abcdaba", EncodeOptions.TEXT)).containsExactly(4, 3, 1);
    assertThat(tokenizer().encode("abb", EncodeOptions.TEXT)).containsExactly(3, 2);
  }

  @Test
  void readsTokensAsEscapedBytes() {
    Tokenizer tokenizer = tokenizer();
    assertThat(tokenizer.encode("\n\n\n\\'", EncodeOptions.TEXT)).containsExactly(6, 5, 8, 9);
    assertThat(tokenizer.tokenBytes(7)).containsExactly(0xF0, 0x9F);
    assertThat(tokenizer.decode(6, 8, 9, 4)).isEqualTo("\n\n\\'abcd");
  }

  @Test
  void leavesOutWhatNoTokenHas() {
    assertThat(tokenizer().encode("a<s>é\u0000b", EncodeOptions.TEXT)).containsExactly(1, 2);
    assertThat(tokenizer().encode("a<s>b", EncodeOptions.PROMPT)).containsExactly(1, 0, 2);
  }
}
