package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.Map;

/// WordPiece (`bert`): the text is normalized and cut into words, and each word into the longest tokens from the left;
/// a word that cannot be cut is unknown as a whole. The first token of a word starts with `▁`.
///
/// Source: llama.cpp `llm_tokenizer_wpm_session`.
final class WordPieceTokenizer extends VocabularyTokenizer {
  private final boolean lowercase;
  private final boolean stripAccents;

  private WordPieceTokenizer(GgufMetadata metadata, SpecialTokensReader.Result tokens) {
    super(metadata, tokens);
    lowercase = metadata.bool("tokenizer.ggml.normalizer.lowercase").orElse(true);
    stripAccents = metadata.bool("tokenizer.ggml.normalizer.strip_accents").orElse(lowercase);
  }

  static WordPieceTokenizer of(GgufMetadata metadata) {
    var defaults =
        new SpecialTokensReader.Defaults(
            Map.of(
                SpecialToken.BOS, 101,
                SpecialToken.UNKNOWN, 100,
                SpecialToken.SEPARATOR, 102,
                SpecialToken.PADDING, 0,
                SpecialToken.MASK, 103),
            true,
            false,
            true);
    return new WordPieceTokenizer(
        metadata, SpecialTokensReader.read(metadata, VocabularyReader.read(metadata), defaults));
  }

  /// `[CLS]`, whatever the file says of adding it: the models are not trained without.
  @Override
  void begin(TokenBuffer out) {
    specialTokens().bos().ifPresent(out::add);
  }

  @Override
  void end(TokenBuffer out) {
    specialTokens().separator().ifPresent(out::add);
  }

  @Override
  boolean startsWithSpace() {
    return true;
  }

  @Override
  byte[] normalBytes(byte[] token) {
    return withSpaces(token);
  }

  @Override
  PieceEncoder pieceEncoder(String text, TokenBuffer out) {
    WordPieceNormalizer normalizer = new WordPieceNormalizer(lowercase, stripAccents);
    return (from, to, afterSpecial) ->
        normalizer.words(text.substring(from, to), (word, length) -> encode(word, length, out));
  }

  private void encode(byte[] word, int length, TokenBuffer out) {
    int before = out.size();
    int at = 0;
    while (at < length) {
      int end = addLongest(word, at, length, out);
      if (end == at) {
        out.truncate(before);
        break;
      }
      at = end;
    }
    if (at < length && specialTokens().unknown().isPresent()) {
      out.add(specialTokens().id(SpecialToken.UNKNOWN));
    }
  }

  /// Adds the longest token that stands at `from` and returns where it ends; `from` if there is none.
  private int addLongest(byte[] word, int from, int length, TokenBuffer out) {
    int limit = Math.min(length, from + vocabulary().longestToken());
    int hash = TokenIndex.EMPTY_HASH;
    int longest = TokenIndex.NONE;
    int end = from;
    for (int to = from + 1; to <= limit; to++) {
      hash = TokenIndex.hash(hash, word[to - 1]);
      int id = vocabulary().index().find(hash, word, from, to);
      if (id != TokenIndex.NONE) {
        longest = id;
        end = to;
      }
    }
    if (longest != TokenIndex.NONE) {
      out.add(longest);
    }
    return end;
  }
}
