package dev.jmr.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.gguf.GgufValue;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Any text whatsoever has tokens, and vocabularies with a token for every byte give it back.
class RandomTextTest {
  /// Some real vocabularies lack the bytes with which characters from here on begin.
  private static final int FIRST_UNASSIGNED_PLANE = 0x40000;

  private static final List<String> PARTS =
      List.of(
          "the ",
          " Quick",
          "I'M",
          "'s",
          "世界",
          "한글",
          "ไทย",
          "नमस्ते",
          "עברית",
          "e\u0301\u0323",
          "👨‍👩‍👧‍👦",
          "🇩🇪",
          "👍🏽",
          "\u200D",
          "\uFEFF",
          "\u0000",
          "\u0085",
          "\u2028",
          "\u3000",
          "  ",
          "\n\n",
          "\r\n",
          "\t",
          "12345",
          "½",
          "...",
          "!?",
          "<s>",
          "</s>",
          "<0x41>",
          "▁",
          "Ġ",
          "\uD83D",
          "\uDE00",
          "\uFFFF");

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int part = random.nextInt(1, 20); part > 0; part--) {
      switch (random.nextInt(8)) {
        case 0 -> text.appendCodePoint(random.nextInt(FIRST_UNASSIGNED_PLANE));
        case 1 -> text.append((char) random.nextInt(0x10000));
        case 2 -> text.repeat(PARTS.get(random.nextInt(PARTS.size())), random.nextInt(1, 200));
        default -> text.append(PARTS.get(random.nextInt(PARTS.size())));
      }
    }
    return text.toString();
  }

  private static void givesBack(Tokenizer tokenizer, int rounds) {
    Random random = new Random(7);
    for (int round = 0; round < rounds; round++) {
      String text = text(random);
      String expected = withReplacedSurrogates(text);
      int[] ids = tokenizer.encode(text, EncodeOptions.TEXT);
      assertThat(tokenizer.decode(ids).equals(expected)).as("text '%s'", expected).isTrue();
    }
  }

  private static String withReplacedSurrogates(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(result::appendCodePoint);
    return result.toString();
  }

  @ParameterizedTest
  @EnumSource(PreTokenizer.class)
  void givesTheTextBackUnderEveryPreTokenizer(PreTokenizer preTokenizer) {
    TestVocabulary vocabulary =
        new TestVocabulary("gpt2")
            .addByteLevel()
            .add(0, "Ġt", "he", "Ġthe")
            .merges("Ġ t", "h e", "Ġt he");
    if (preTokenizer.mergesCharacters()) {
      vocabulary.addByteTokens();
    }
    Tokenizer tokenizer =
        vocabulary.put("pre", GgufValue.string(preTokenizer.names().getFirst())).tokenizer();
    if (preTokenizer.mergesCharacters()) {
      neverFails(tokenizer);
    } else {
      givesBack(tokenizer, 100);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "command-r",
        "deepseek-coder",
        "deepseek-llm",
        "gpt-2",
        "llama-bpe",
        "qwen2",
        "qwen35",
        "refact",
        "starcoder"
      })
  void givesTheTextBackWithRealVocabularies(String vocabulary) {
    givesBack(TokenizerFixtures.open("ggml-vocab-" + vocabulary), 300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-bge", "falcon", "gemma-4", "llama-spm", "nomic-bert-moe", "phi-3"})
  void neverFailsWithRealVocabularies(String vocabulary) {
    neverFails(TokenizerFixtures.open("ggml-vocab-" + vocabulary));
  }

  @Test
  void neverFailsWithVocabulariesThatLackNearlyAll() {
    Stream.of("llama", "gpt2", "gemma4", "whitespace", "bert", "t5", "rwkv")
        .map(model -> new TestVocabulary(model).add(-1, "a", "▁", "▁a", "世").merges("▁ a"))
        .map(TestVocabulary::tokenizer)
        .forEach(RandomTextTest::neverFails);
  }

  private static void neverFails(Tokenizer tokenizer) {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      int[] ids = tokenizer.encode(text(random), EncodeOptions.PROMPT);
      assertThat(Arrays.stream(ids)).allMatch(id -> id >= 0 && id < tokenizer.vocabularySize());
      assertThat(tokenizer.decode(ids)).isNotNull();
    }
  }
}
