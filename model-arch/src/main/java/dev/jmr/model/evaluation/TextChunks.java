package dev.jmr.model.evaluation;

import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.SpecialTokens;
import dev.jmr.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.OptionalInt;

/// A text as tokens, cut into the chunks that llama-perplexity scores. Immutable.
///
/// The text is encoded as a whole, with a BOS where the vocabulary adds one and without the newline at its end; names of
/// control tokens in it are mere text. Chunks that lie side by side start with a BOS *instead* of their first token where
/// the vocabulary adds one; chunks with a stride keep theirs. What is left over at the end is not scored. Source: llama.cpp
/// `tools/perplexity`.
public final class TextChunks {
  private final int[] tokens;
  private final OptionalInt bos;
  private final int contextLength;
  private final int step;
  private final int count;

  private TextChunks(int[] tokens, OptionalInt bos, PerplexityOptions options) {
    this.tokens = tokens;
    this.bos = bos;
    this.contextLength = options.contextLength();
    this.step = options.stride() == 0 ? contextLength : options.stride();
    int all =
        options.stride() == 0
            ? tokens.length / contextLength
            : Math.ceilDiv(tokens.length - contextLength, step);
    this.count = options.maxChunks() == 0 ? all : Math.min(all, options.maxChunks());
  }

  /// Encodes a text.
  ///
  /// @throws EvaluationException if it has not the tokens of two contexts
  public static TextChunks of(Tokenizer tokenizer, String text, PerplexityOptions options) {
    SpecialTokens special = tokenizer.specialTokens();
    String trimmed = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    int[] tokens = tokenizer.encode(trimmed, new EncodeOptions(true, false));
    if (special.addEos() && tokens.length > 0) {
      tokens = Arrays.copyOf(tokens, tokens.length - 1);
    }
    long needed = 2L * options.contextLength();
    if (tokens.length < needed) {
      throw new EvaluationException(
          "text: expected at least %d tokens, twice the context of %d, got %d; use a longer text or a smaller context (-c)"
              .formatted(needed, options.contextLength(), tokens.length));
    }
    boolean replaced = special.addBos() && options.stride() == 0;
    return new TextChunks(tokens, replaced ? special.bos() : OptionalInt.empty(), options);
  }

  /// How many chunks there are to score.
  public int count() {
    return count;
  }

  /// How many tokens the text has.
  public int tokenCount() {
    return tokens.length;
  }

  /// The tokens of a chunk, a new array.
  int[] chunk(int index) {
    int start = index * step;
    int[] chunk = Arrays.copyOfRange(tokens, start, start + contextLength);
    bos.ifPresent(id -> chunk[0] = id);
    return chunk;
  }
}
