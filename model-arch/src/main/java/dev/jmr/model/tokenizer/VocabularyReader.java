package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import dev.jmr.gguf.StringArray;
import java.util.Arrays;

/// Reads the tokens, their types and scores from the metadata of a model, and checks that they agree.
final class VocabularyReader {
  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String TYPES = "tokenizer.ggml.token_type";
  private static final String SCORES = "tokenizer.ggml.scores";
  private static final String MERGES = "tokenizer.ggml.merges";

  private VocabularyReader() {}

  static Vocabulary read(GgufMetadata metadata) {
    StringArray tokens = required(metadata, TOKENS);
    int size = tokens.size();
    if (size == 0) {
      throw new TokenizerException(TOKENS + ": expected at least one token, got none");
    }
    return Vocabulary.of(size, tokens::bytes, types(metadata, size), scores(metadata, size));
  }

  /// The merges of a BPE vocabulary.
  static MergeTable readMerges(GgufMetadata metadata, Vocabulary vocabulary) {
    StringArray merges = required(metadata, MERGES);
    return new MergeTable(vocabulary, merges.size(), merges::bytes);
  }

  private static int[] types(GgufMetadata metadata, int size) {
    return metadata
        .integers(TYPES)
        .orElseGet(() -> {
          int[] types = new int[size];
          Arrays.fill(types, TokenType.NORMAL.id());
          return types;
        });
  }

  private static float[] scores(GgufMetadata metadata, int size) {
    float[] scores = metadata.floats(SCORES).orElseGet(() -> new float[size]);
    for (int id = 0; id < scores.length; id++) {
      if (Float.isNaN(scores[id])) {
        throw new TokenizerException("%s[%d]: expected a number, got NaN".formatted(SCORES, id));
      }
    }
    return scores;
  }

  private static StringArray required(GgufMetadata metadata, String key) {
    return metadata
        .strings(key)
        .orElseThrow(() ->
            new TokenizerException(
                key
                    + ": expected an array of strings, got nothing; the file has no usable"
                    + " tokenizer, convert the model again"));
  }
}
