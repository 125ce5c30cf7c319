package dev.jmr.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufValue;
import dev.jmr.model.ModelVariant;
import dev.jmr.model.TestModels;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.model.tokenizer.Tokenizers;
import dev.jmr.tensor.TensorType;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextChunksTest {
  private static final String TEXT = "the quick brown fox jumps over the lazy dog, twice";
  private static final int BOS = 1;

  private static Tokenizer tokenizer(Path file) {
    try (Gguf gguf = Gguf.open(file)) {
      return Tokenizers.of(gguf.metadata());
    }
  }

  private static Tokenizer spm() {
    return tokenizer(TestModels.path("tiny-llama-spm"));
  }

  private static PerplexityOptions options(int context, int stride, int chunks) {
    return new PerplexityOptions(context, stride, chunks, 512, 1, TensorType.F32);
  }

  @Test
  void everyChunkStartsWithBosInsteadOfItsFirstToken() {
    int[] tokens = spm().encode(TEXT, new EncodeOptions(true, false));
    TextChunks chunks = TextChunks.of(spm(), TEXT, options(8, 0, 0));
    assertThat(tokens[0]).isEqualTo(BOS);
    assertThat(chunks.tokenCount()).isEqualTo(tokens.length);
    assertThat(chunks.count()).isEqualTo(tokens.length / 8);
    assertThat(chunks.chunk(0)).containsExactly(Arrays.copyOf(tokens, 8));
    int[] second = Arrays.copyOfRange(tokens, 8, 16);
    second[0] = BOS;
    assertThat(chunks.chunk(1)).containsExactly(second);
  }

  @Test
  void chunksKeepTheirFirstTokenWhereNoBosIsAdded(@TempDir Path folder) {
    Tokenizer tokenizer =
        tokenizer(
            ModelVariant.of("tiny-llama-spm")
                .put("tokenizer.ggml.add_bos_token", GgufValue.bool(false))
                .write(folder));
    int[] tokens = tokenizer.encode(TEXT, EncodeOptions.TEXT);
    TextChunks chunks = TextChunks.of(tokenizer, TEXT, options(8, 0, 0));
    assertThat(chunks.chunk(1)).containsExactly(Arrays.copyOfRange(tokens, 8, 16));
  }

  @Test
  void chunksWithAStrideOverlapAndKeepTheirFirstToken() {
    int[] tokens = spm().encode(TEXT, new EncodeOptions(true, false));
    TextChunks chunks = TextChunks.of(spm(), TEXT, options(8, 3, 0));
    assertThat(chunks.count()).isEqualTo((tokens.length - 8 + 2) / 3);
    for (int i = 0; i < chunks.count(); i++) {
      assertThat(chunks.chunk(i)).containsExactly(Arrays.copyOfRange(tokens, 3 * i, 3 * i + 8));
    }
  }

  @Test
  void anEosAtTheEndAndOneNewlineDoNotCount(@TempDir Path folder) {
    Tokenizer tokenizer =
        tokenizer(
            ModelVariant.of("tiny-llama-spm")
                .put("tokenizer.ggml.add_eos_token", GgufValue.bool(true))
                .write(folder));
    int expected = TextChunks.of(spm(), TEXT, options(8, 0, 0)).tokenCount();
    assertThat(TextChunks.of(tokenizer, TEXT, options(8, 0, 0)).tokenCount()).isEqualTo(expected);
    assertThat(TextChunks.of(spm(), TEXT + "\n", options(8, 0, 0)).tokenCount())
        .isEqualTo(expected);
    assertThat(TextChunks.of(spm(), TEXT + "\n\n", options(8, 0, 0)).tokenCount())
        .isGreaterThan(expected);
  }

  @Test
  void readsNoControlTokensInTheText() {
    assertThat(TextChunks.of(spm(), TEXT + "<s>", options(8, 0, 0)).tokenCount())
        .isGreaterThan(TextChunks.of(spm(), TEXT, options(8, 0, 0)).tokenCount() + 1);
  }

  @Test
  void givesAsManyChunksAsWereAskedFor() {
    assertThat(TextChunks.of(spm(), TEXT, options(8, 0, 2)).count()).isEqualTo(2);
    assertThat(TextChunks.of(spm(), TEXT, options(8, 0, 1000)).count())
        .isEqualTo(TextChunks.of(spm(), TEXT, options(8, 0, 0)).count());
  }

  @Test
  void refusesATextShorterThanTwoContexts() {
    assertThatThrownBy(() -> TextChunks.of(spm(), "a fox", options(512, 0, 0)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageMatching(
            "text: expected at least 1024 tokens, twice the context of 512, got \\d; use a longer text or a smaller context \\(-c\\)");
    int length = TextChunks.of(spm(), TEXT, options(8, 0, 0)).tokenCount();
    assertThat(TextChunks.of(spm(), TEXT, options(length / 2, 0, 0)).count()).isEqualTo(2);
    assertThatThrownBy(() -> TextChunks.of(spm(), TEXT, options(length / 2 + 1, 0, 0)))
        .hasMessageContaining("got " + length);
  }

  @Test
  void refusesATextWithoutTokens() {
    assertThatThrownBy(() -> TextChunks.of(spm(), "", options(3, 0, 0)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("expected at least 6 tokens");
  }
}
