package dev.jmr.model.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.gguf.GgufValue;
import dev.jmr.model.Model;
import dev.jmr.model.ModelVariant;
import dev.jmr.model.TestModels;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairEncoderTest {
  private static final int[] CLS = {2};
  private static final int[] SEP = {3};

  @TempDir private Path folder;

  private static int[] words(Tokenizer tokenizer, String text) {
    return tokenizer.encode(text, EncodeOptions.TEXT);
  }

  private static int[] joined(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
  }

  @Test
  void putsTheSeparatorOfAnEncoderBetweenTheTexts() {
    try (Model model = Model.open(TestModels.path("tiny-bert-cls"))) {
      Tokenizer tokenizer = model.tokenizer();
      assertThat(PairEncoder.of(model).encode("the fox", "a dog [SEP]"))
          .containsExactly(
              joined(CLS, words(tokenizer, "the fox"), SEP, words(tokenizer, "a dog [SEP]")));
    }
  }

  @Test
  void endsBothTextsWhereTheVocabularyAddsAnEnd() {
    Path file =
        ModelVariant.of("tiny-bert-cls")
            .put("tokenizer.ggml.add_eos_token", GgufValue.bool(true))
            .put("tokenizer.ggml.eos_token_id", GgufValue.uint32(4))
            .write(folder);
    try (Model model = Model.open(file)) {
      Tokenizer tokenizer = model.tokenizer();
      int[] end = {4};
      assertThat(PairEncoder.of(model).encode("the fox", "a dog"))
          .containsExactly(
              joined(CLS, words(tokenizer, "the fox"), end, SEP, words(tokenizer, "a dog"), end));
    }
  }

  @Test
  void fillsTheTemplateOfTheFileOnce() {
    try (Model model = Model.open(TestModels.path("tiny-qwen3-embedding"))) {
      Tokenizer tokenizer = model.tokenizer();
      PairEncoder pairs =
          new PairEncoder(tokenizer, Optional.of("Query: {query}\nDocument: {document}\n"));
      assertThat(pairs.encode("{document}", "the $1 sentence"))
          .containsExactly(words(tokenizer, "Query: {document}\nDocument: the $1 sentence\n"));
    }
  }
}
