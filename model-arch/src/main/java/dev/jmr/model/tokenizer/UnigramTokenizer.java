package dev.jmr.model.tokenizer;

import dev.jmr.gguf.GgufMetadata;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/// SentencePiece unigram (`t5`): the text is normalized, and of all ways to write it as tokens the one with the highest
/// sum of scores is taken (Viterbi). A character that no token writes is unknown, unknown characters in a row are one.
///
/// Source: llama.cpp `llm_tokenizer_ugm_session`. Other than there, a text is normalized also where it starts as a
/// user-defined token does and goes on differently.
final class UnigramTokenizer extends VocabularyTokenizer {
  /// How much less likely than the least likely token an unknown character is.
  private static final float UNKNOWN_PENALTY = 10;

  private final UnigramNormalizer normalizer;
  private final TokenTrie trie;
  private final double unknownScore;

  private UnigramTokenizer(GgufMetadata metadata, SpecialTokensReader.Result tokens) {
    super(metadata, tokens);
    normalizer = UnigramNormalizer.of(metadata);
    Vocabulary vocabulary = vocabulary();
    IntStream written =
        IntStream.range(0, vocabulary.size())
            .filter(id ->
                switch (vocabulary.type(id)) {
                  case NORMAL, USER_DEFINED, UNUSED -> true;
                  case CONTROL, UNKNOWN, BYTE, UNDEFINED -> false;
                });
    trie = TokenTrie.of(written, vocabulary::bytes);
    double lowest =
        IntStream.range(0, vocabulary.size())
            .filter(id -> vocabulary.type(id) == TokenType.NORMAL)
            .mapToDouble(vocabulary::score)
            .min()
            .orElse(0);
    unknownScore = (float) lowest - UNKNOWN_PENALTY;
  }

  static UnigramTokenizer of(GgufMetadata metadata) {
    var defaults =
        new SpecialTokensReader.Defaults(
            Map.of(SpecialToken.EOS, 1, SpecialToken.UNKNOWN, 2, SpecialToken.PADDING, 0),
            false,
            true,
            false);
    return new UnigramTokenizer(
        metadata, SpecialTokensReader.read(metadata, VocabularyReader.read(metadata), defaults));
  }

  @Override
  boolean startsWithSpace() {
    return normalizer.startsWithSpace();
  }

  @Override
  byte[] normalBytes(byte[] token) {
    return withSpaces(token);
  }

  @Override
  PieceEncoder pieceEncoder(String text, TokenBuffer out) {
    return (from, to, afterSpecial) -> {
      byte[] normal = normalizer.normalize(text, from, to);
      if (normal.length > 0) {
        new Lattice(normal).encode(out);
      }
    };
  }

  private double score(int id) {
    return vocabulary().type(id) == TokenType.USER_DEFINED ? 0 : vocabulary().score(id);
  }

  /// For each place of a text, the best way to write what is before it.
  private final class Lattice {
    private final byte[] text;
    private final double[] scores;
    private final int[] lastTokens;
    private final int[] lastStarts;

    Lattice(byte[] text) {
      this.text = text;
      scores = new double[text.length + 1];
      Arrays.fill(scores, 1, scores.length, -Double.MAX_VALUE);
      lastTokens = new int[text.length + 1];
      Arrays.fill(lastTokens, specialTokens().id(SpecialToken.UNKNOWN));
      lastStarts = new int[text.length + 1];
    }

    void encode(TokenBuffer out) {
      int next;
      for (int at = 0; at < text.length; at = next) {
        next = Math.min(at + Utf8.length(text[at]), text.length);
        if (!offerTokens(at, next)) {
          offer(at, next, specialTokens().id(SpecialToken.UNKNOWN), unknownScore);
        }
      }
      addBest(out);
    }

    /// Offers all tokens that stand at `at`; whether one of them ends at `next`.
    private boolean offerTokens(int at, int next) {
      boolean found = false;
      int node = TokenTrie.ROOT;
      for (int to = at; to < text.length; ) {
        node = trie.child(node, text[to++]);
        if (node == TokenTrie.NONE) {
          break;
        }
        int id = trie.token(node);
        if (id != TokenTrie.NONE) {
          found |= to == next;
          offer(at, to, id, score(id));
        }
      }
      return found;
    }

    private void offer(int from, int to, int id, double score) {
      double sum = scores[from] + score;
      if (sum > scores[to]) {
        scores[to] = sum;
        lastTokens[to] = id;
        lastStarts[to] = from;
      }
    }

    private void addBest(TokenBuffer out) {
      int unknown = specialTokens().id(SpecialToken.UNKNOWN);
      int before = out.size();
      boolean afterUnknown = false;
      for (int at = text.length; at > 0; at = lastStarts[at]) {
        boolean isUnknown = lastTokens[at] == unknown;
        if (lastTokens[at] != SpecialTokens.NONE && !(isUnknown && afterUnknown)) {
          out.add(lastTokens[at]);
        }
        afterUnknown = isUnknown;
      }
      out.reverse(before);
    }
  }
}
