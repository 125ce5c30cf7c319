package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/// PLaMo 2 (`plamo2`): of all ways to write a text as tokens the one with the highest sum of scores, of equal ones that
/// with the longer token first; a character that no token writes becomes byte tokens. A byte order mark falls away.
///
/// Source: llama.cpp `llm_tokenizer_plamo2`. Other than there, text never becomes a control token.
final class PlamoTokenizer extends VocabularyTokenizer {
  private static final double SCALE = 1e4;
  private static final long UNKNOWN_SCORE = -10_000_000;
  private static final double LOWEST_SCORE = -20_000_000;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final TokenTrie trie;
  private final ByteTokens byteTokens;

  private PlamoTokenizer(GgufMetadata metadata, SpecialTokensReader.Result tokens) {
    super(metadata, tokens);
    IntStream written =
        IntStream.range(0, vocabulary().size())
            .filter(id -> isWritten(id) && scaledScore(id) > LOWEST_SCORE);
    trie = TokenTrie.of(written, vocabulary()::bytes);
    byteTokens = ByteTokens.written(vocabulary());
    if (!byteTokens.complete()) {
      throw new TokenizerException(
          "tokenizer.ggml.tokens: expected the tokens <0x00> to <0xFF>, got not all of them");
    }
  }

  static PlamoTokenizer of(GgufMetadata metadata) {
    var defaults =
        new SpecialTokensReader.Defaults(
            Map.of(
                SpecialToken.BOS, 1,
                SpecialToken.EOS, 2,
                SpecialToken.UNKNOWN, 0,
                SpecialToken.PADDING, 3),
            false,
            false,
            false);
    return new PlamoTokenizer(
        metadata, SpecialTokensReader.read(metadata, VocabularyReader.read(metadata), defaults));
  }

  private boolean isWritten(int id) {
    return switch (vocabulary().type(id)) {
      case NORMAL, USER_DEFINED, UNUSED, UNDEFINED -> true;
      case CONTROL, UNKNOWN, BYTE -> false;
    };
  }

  private double scaledScore(int id) {
    double score = vocabulary().score(id) * SCALE;
    return Double.isFinite(score) ? score : LOWEST_SCORE;
  }

  /// Rounded half away from zero.
  private long score(int id) {
    double score = scaledScore(id);
    return (long) (score < 0 ? Math.ceil(score - 0.5) : Math.floor(score + 0.5));
  }

  @Override
  boolean startsWithSpace() {
    return false;
  }

  @Override
  byte[] normalBytes(byte[] token) {
    return token;
  }

  @Override
  PieceEncoder pieceEncoder(String text, TokenBuffer out) {
    return (from, to, afterSpecial) -> {
      int start = text.charAt(from) == BYTE_ORDER_MARK ? from + 1 : from;
      byte[] bytes = new byte[Math.multiplyExact(to - start, Utf8.MAX_BYTES_PER_CHAR)];
      int end = Utf8.encode(text, start, to, bytes, 0);
      encode(bytes, end, out);
    };
  }

  /// From the end to the beginning, finds for each place the best way to write what follows.
  private void encode(byte[] text, int length, TokenBuffer out) {
    long[] scores = new long[length + 1];
    int[] ends = new int[length];
    int[] ids = new int[length];
    Arrays.fill(ids, TokenTrie.NONE);
    for (int at = length - 1; at >= 0; at--) {
      ends[at] = Math.min(at + Utf8.length(text[at]), length);
      scores[at] = scores[ends[at]] + UNKNOWN_SCORE;
      int node = TokenTrie.ROOT;
      for (int to = at; to < length; ) {
        node = trie.child(node, text[to++]);
        if (node == TokenTrie.NONE) {
          break;
        }
        int id = trie.token(node);
        if (id != TokenTrie.NONE && scores[to] + score(id) >= scores[at]) {
          scores[at] = scores[to] + score(id);
          ends[at] = to;
          ids[at] = id;
        }
      }
    }
    for (int at = 0; at < length; at = ends[at]) {
      if (ids[at] == TokenTrie.NONE) {
        byteTokens.addAll(text, at, ends[at], out);
      } else {
        out.add(ids[at]);
      }
    }
  }
}
