package dev.jmr.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.GgufMetadata;
import dev.jmr.gguf.GgufValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecialTokensTest {
  private static final EncodeOptions ADDED = new EncodeOptions(true, false);

  private static TestVocabulary bpe() {
    return new TestVocabulary("gpt2")
        .addByteLevel()
        .add(TokenType.CONTROL, 0, "<s>", "</s>", "[SEP]")
        .add(TokenType.USER_DEFINED, 0, "<tool>")
        .add(0, "ab")
        .merges("a b")
        .put("bos_token_id", 256)
        .put("eos_token_id", 257)
        .put("seperator_token_id", 258);
  }

  private static TestVocabulary pre(String pre) {
    return bpe().put("pre", GgufValue.string(pre));
  }

  private static TestVocabulary spm() {
    return new TestVocabulary("llama")
        .add(TokenType.UNKNOWN, 0, "<unk>")
        .add(TokenType.CONTROL, 0, "<s>", "</s>")
        .addByteTokens()
        .add(-1, "▁", "a", "b")
        .add(-2, "▁a", "▁▁")
        .add(TokenType.USER_DEFINED, 0, "<x>");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-2, false, false",
    "llama-bpe, true, false",
    "tekken, true, false",
    "chameleon, true, false",
    "minicpm5, false, false",
    "youtu, false, false",
    "qwen2, false, false",
    "roberta-bpe, false, true",
    "jina-v1-en, false, true",
    "jina-v2-code, false, true",
    "jina-v2-de, false, false",
    "gemma4, true, false",
    "sarvam-moe, false, false",
  })
  void addsWhatThePreTokenizerSays(String pre, boolean bos, boolean separator) {
    SpecialTokens tokens = pre(pre).tokenizer().specialTokens();
    assertThat(tokens.addBos()).isEqualTo(bos);
    assertThat(tokens.addEos()).isFalse();
    assertThat(tokens.addSeparator()).isEqualTo(separator);
  }

  @Test
  void addsWhatTheFileSays() {
    Tokenizer tokenizer =
        pre("llama-bpe")
            .put("add_bos_token", false)
            .put("add_eos_token", true)
            .put("add_sep_token", true)
            .tokenizer();
    assertThat(TestVocabulary.pieces(tokenizer, "ab", ADDED)).containsExactly("ab", "</s>");
    assertThat(tokenizer.specialTokens().addSeparator()).isTrue();
  }

  @Test
  void addsNothingWhereNoTokenIsNamed() {
    Tokenizer tokenizer =
        new TestVocabulary("gpt2")
            .addByteLevel()
            .merges()
            .put("pre", GgufValue.string("llama-bpe"))
            .tokenizer();
    assertThat(TestVocabulary.pieces(tokenizer, "a", ADDED)).containsExactly("a");
  }

  @Test
  void rejectsToAddATokenThatIsNotNamed() {
    TestVocabulary vocabulary =
        new TestVocabulary("gpt2").addByteLevel().merges().put("add_bos_token", true);
    assertThatThrownBy(vocabulary::tokenizer)
        .isInstanceOf(TokenizerException.class)
        .hasMessage(
            "tokenizer.ggml.add_bos_token: expected tokenizer.ggml.bos_token_id to say which token"
                + " is added, got nothing");
  }

  @Test
  void leavesOutSpecialTokensBeyondTheVocabulary() {
    SpecialTokens tokens = bpe().put("padding_token_id", 5000).tokenizer().specialTokens();
    assertThat(tokens.padding()).isEmpty();
    assertThat(tokens.eos()).hasValue(257);
    assertThat(tokens.isEndOfGeneration(257)).isTrue();
  }

  @Test
  void readsControlTokensOnlyWhereAskedForAndUserDefinedOnesAlways() {
    Tokenizer tokenizer = bpe().tokenizer();
    assertThat(TestVocabulary.pieces(tokenizer, "<s>ab<tool>", EncodeOptions.TEXT))
        .containsExactly("<", "s", ">", "ab", "<tool>");
    assertThat(TestVocabulary.pieces(tokenizer, "<s>ab<tool>", new EncodeOptions(false, true)))
        .containsExactly("<s>", "ab", "<tool>");
  }

  @Test
  void cutsWordsAsTheDefaultWhereThePreTokenizerIsAbsent() {
    Tokenizer tokenizer = bpe().tokenizer();
    assertThat(tokenizer.encode("ab1234 ab", EncodeOptions.TEXT)).hasSize(7);
    assertThat(tokenizer.decode(tokenizer.encode("ab1234 ab", EncodeOptions.TEXT)))
        .isEqualTo("ab1234 ab");
  }

  @Test
  void addsTheSpacePrefixBehindEverySpecialToken() {
    assertThat(TestVocabulary.pieces(spm().tokenizer(), "a<x>a"))
        .containsExactly("▁a", "<x>", "▁a");
    Tokenizer plain = spm().put("add_space_prefix", false).tokenizer();
    assertThat(TestVocabulary.pieces(plain, "a<x>a")).containsExactly("a", "<x>", "a");
    assertThat(plain.decode(plain.encode(" a", EncodeOptions.TEXT))).isEqualTo(" a");
  }

  @Test
  void removesExtraSpacesButNoOtherWhitespace() {
    Tokenizer tokenizer = spm().put("remove_extra_whitespaces", true).tokenizer();
    assertThat(TestVocabulary.pieces(tokenizer, "  a   b ")).containsExactly("▁a", "▁", "b");
    assertThat(TestVocabulary.pieces(tokenizer, "\na")).containsExactly("▁", "<0x0A>", "a");
    assertThat(tokenizer.encode("   ", EncodeOptions.TEXT)).isEmpty();
  }

  @Test
  void takesWholeRunsOfLineFeedsInGemma4Only() {
    for (String pre : List.of("gemma4", "sarvam-moe")) {
      Tokenizer tokenizer =
          new TestVocabulary("gpt2")
              .add(0, "a", "▁", "\n", "\n\n", "▁a", "<0xC3>", "<0xA9>")
              .merges("▁ a")
              .put("pre", GgufValue.string(pre))
              .tokenizer();
      int[] ids = tokenizer.encode("a a\n\né", EncodeOptions.TEXT);
      if (pre.equals("gemma4")) {
        assertThat(ids).containsExactly(0, 4, 3, 5, 6);
      } else {
        assertThat(ids).containsExactly(0, 4, 2, 2, 5, 6);
      }
    }
  }

  @Test
  void dropsWhitespaceAndCapitalsWhereTheVocabularyHasNone() {
    TestVocabulary vocabulary =
        new TestVocabulary("whitespace").add(0, "a", "b", "ab", "é", "A").merges("a b");
    assertThat(TestVocabulary.pieces(vocabulary.tokenizer(), " ab\t Aé"))
        .containsExactly("ab", "A", "é");
    Tokenizer lower = vocabulary.put("normalizer.lowercase", true).tokenizer();
    assertThat(TestVocabulary.pieces(lower, "AB É")).containsExactly("ab", "é");
    assertThat(lower.decode(2, 3)).isEqualTo("abé");
  }

  @Test
  void namesTheFamiliesThatItHas() {
    GgufMetadata metadata =
        GgufMetadata.of(Map.of("tokenizer.ggml.model", GgufValue.string("hybriddna")));
    assertThatThrownBy(() -> Tokenizers.of(metadata))
        .isInstanceOf(UnsupportedTokenizerException.class)
        .hasMessage(
            "tokenizer.ggml.model: tokenizer 'hybriddna' is not supported; supported: llama, gpt2,"
                + " gemma4, whitespace, bert, t5, rwkv, plamo2");
  }
}
