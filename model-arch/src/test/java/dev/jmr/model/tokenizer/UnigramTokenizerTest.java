package dev.jmr.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.NumberArray;
import dev.jmr.gguf.ValueType;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Scores are chosen so that sums can be checked in the head.
class UnigramTokenizerTest {

  private static TestVocabulary vocabulary() {
    return new TestVocabulary("t5")
        .add(TokenType.CONTROL, 0, "<pad>", "</s>")
        .add(TokenType.UNKNOWN, 0, "<unk>")
        .add(-3, "▁", "a", "b", "c", "A")
        .add(-5, "ab", "bc")
        .add(-7, "abc")
        .add(-2, "▁a")
        .add(TokenType.USER_DEFINED, -100, "<sep>", "cab")
        .add(TokenType.UNUSED, -1, "cc")
        .add(-4, "fi");
  }

  private static Tokenizer prefixed() {
    return vocabulary().put("add_space_prefix", true).tokenizer();
  }

  private static GgufValue bytes(ValueType type, byte[] bytes) {
    return NumberArray.of(
        type,
        IntStream.range(0, bytes.length)
            .mapToLong(i -> type == ValueType.INT8 ? bytes[i] : bytes[i] & 0xFF)
            .toArray());
  }

  @Test
  void takesTheHighestSumOfScores() {
    Tokenizer tokenizer = vocabulary().tokenizer();
    // a+b = -6 < ab = -5; ab+c = -8 = a+bc < abc = -7
    assertThat(TestVocabulary.pieces(tokenizer, "ab")).containsExactly("ab");
    assertThat(TestVocabulary.pieces(tokenizer, "abc")).containsExactly("abc");
    // ▁a+bc = -7, ▁+abc = -10, ▁a+b+c = -8
    assertThat(TestVocabulary.pieces(tokenizer, " abc")).containsExactly("▁a", "bc");
  }

  @Test
  void takesTheFirstOfEqualSums() {
    Tokenizer tokenizer =
        new TestVocabulary("t5")
            .add(TokenType.CONTROL, 0, "<pad>", "</s>")
            .add(TokenType.UNKNOWN, 0, "<unk>")
            .add(-1, "x", "y", "z", "xy", "yz")
            .tokenizer();
    assertThat(TestVocabulary.pieces(tokenizer, "xyz")).containsExactly("x", "yz");
  }

  @Test
  void addsEosButNoBosByDefault() {
    Tokenizer tokenizer = vocabulary().tokenizer();
    assertThat(TestVocabulary.pieces(tokenizer, "a", new EncodeOptions(true, false)))
        .containsExactly("a", "</s>");
    assertThat(TestVocabulary.pieces(tokenizer, "", EncodeOptions.PROMPT)).containsExactly("</s>");
    assertThat(tokenizer.encode("", EncodeOptions.TEXT)).isEmpty();
  }

  @Test
  void putsASpaceInFrontWhereAskedForAndTakesItAwayAgain() {
    Tokenizer tokenizer = prefixed();
    assertThat(TestVocabulary.pieces(tokenizer, "a")).containsExactly("▁a");
    assertThat(TestVocabulary.pieces(tokenizer, "b")).containsExactly("▁", "b");
    // No prefix before spaces, but before the first word, as SentencePiece has it
    assertThat(TestVocabulary.pieces(tokenizer, " b")).containsExactly("▁", "▁", "b");
    assertThat(tokenizer.decode(tokenizer.encode("a b", EncodeOptions.TEXT))).isEqualTo("a b");
  }

  @Test
  void keepsExtraWhitespaceUnlessAskedToRemoveIt() {
    assertThat(TestVocabulary.pieces(prefixed(), "a  b "))
        .containsExactly("▁a", "▁", "▁", "b", "▁");
    Tokenizer removing =
        vocabulary()
            .put("add_space_prefix", true)
            .put("remove_extra_whitespaces", true)
            .tokenizer();
    assertThat(TestVocabulary.pieces(removing, "  a   b  ")).containsExactly("▁a", "▁", "b");
    assertThat(removing.encode("   ", EncodeOptions.TEXT)).isEmpty();
  }

  @Test
  void makesOneUnknownTokenOfUnknownCharactersInARow() {
    Tokenizer tokenizer = vocabulary().tokenizer();
    assertThat(TestVocabulary.pieces(tokenizer, "aéé😀b")).containsExactly("a", "<unk>", "b");
    assertThat(TestVocabulary.pieces(tokenizer, "é")).containsExactly("<unk>");
    assertThat(tokenizer.decode(tokenizer.encode("aéb", EncodeOptions.TEXT))).isEqualTo("ab");
  }

  @Test
  void writesTextAsTokensThatAreUnusedButNotAsControlTokens() {
    Tokenizer tokenizer = vocabulary().tokenizer();
    assertThat(TestVocabulary.pieces(tokenizer, "cc")).containsExactly("cc");
    assertThat(TestVocabulary.pieces(tokenizer, "</s>")).containsExactly("<unk>");
    assertThat(TestVocabulary.pieces(tokenizer, "a</s>", new EncodeOptions(false, true)))
        .containsExactly("a", "</s>");
  }

  @Test
  void neverCutsUserDefinedTokens() {
    Tokenizer tokenizer = prefixed();
    assertThat(TestVocabulary.pieces(tokenizer, "a<sep>a")).containsExactly("▁a", "<sep>", "▁a");
    assertThat(TestVocabulary.pieces(tokenizer, "bcab")).containsExactly("▁", "b", "cab");
  }

  @Test
  void replacesByTheCharsmapBeforeAllElse() {
    byte[] map =
        new CharsMapBytes()
            .replace("Ａ", "A")
            .replace("ﬁ", "fi")
            .replace("\u00AD", "")
            .replace("\t", " ")
            .encode();
    for (ValueType type : new ValueType[] {ValueType.INT8, ValueType.UINT8}) {
      Tokenizer tokenizer = vocabulary().put("precompiled_charsmap", bytes(type, map)).tokenizer();
      assertThat(TestVocabulary.pieces(tokenizer, "Ａ\u00ADﬁ\tb"))
          .containsExactly("A", "fi", "▁", "b");
    }
  }

  @Test
  void rejectsACharsmapThatIsNoneAndOneThatIsCutOff() {
    byte[] map = new CharsMapBytes().replace("Ａ", "A").encode();
    TestVocabulary cut =
        vocabulary().put("precompiled_charsmap", bytes(ValueType.INT8, Arrays.copyOf(map, 99)));
    TestVocabulary wide = vocabulary().put("precompiled_charsmap", NumberArray.of(1, 2, 300, 4, 5));
    assertThatThrownBy(cut::tokenizer).isInstanceOf(TokenizerException.class);
    assertThatThrownBy(wide::tokenizer)
        .isInstanceOf(TokenizerException.class)
        .hasMessage("tokenizer.ggml.precompiled_charsmap[2]: expected a byte, got 300");
  }

  @Test
  void leavesUnknownCharactersOutWhereNothingStandsForThem() {
    Tokenizer tokenizer = new TestVocabulary("t5").add(-1, "a", "b").tokenizer();
    assertThat(TestVocabulary.pieces(tokenizer, "aéb")).containsExactly("a", "b");
  }
}
